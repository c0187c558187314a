//! The outline of whole resumes.

use super::*;

fn read(text: &str) -> ResumeOutline {
    let lexicon = SkillLexicon::new([("Rust", vec![]), ("PostgreSQL", vec!["Postgres"])]);
    outline(text, &lexicon, NaiveDate::from_ymd_opt(2024, 1, 15).unwrap())
}

fn held(job: &Job) -> (Option<&str>, Option<&str>) {
    (job.title.as_deref(), job.employer.as_deref())
}

#[test]
fn jobs_are_read_where_the_employer_stands_above_the_dates() {
    let text = "Ada\nExperience\n• Google Mountain View, CA\nSoftware Engineer Oct 2016 – Present\n◦ TensorFlow: an open\nlibrary.\n\
        • Coursera Mountain View, CA\nSenior Software Engineer Jan 2014 – Oct 2016\n◦ Notifications: Service for email.\nEducation\nx";
    let found = read(text);
    assert_eq!(found.jobs.len(), 2);
    assert_eq!(found.jobs[0].title.as_deref(), Some("Software Engineer"));
    assert!(found.jobs[0].employer.as_deref().unwrap().starts_with("Google"));
    assert!(found.jobs[0].current);
    assert_eq!(found.jobs[0].bullets.len(), 1);
    assert_eq!(found.jobs[0].bullets[0].quote(text), "◦ TensorFlow: an open\nlibrary.");
    assert_eq!(found.years_of_experience, Some(10.1));
}

#[test]
fn jobs_are_read_where_all_stands_in_one_line() {
    let found = read(
        "Experience\nNexus AI, Co-Founder & CTO – San Francisco, CA June 2023 – present\n• Built Rust services",
    );
    assert_eq!(held(&found.jobs[0]), (Some("Co-Founder & CTO"), Some("Nexus AI")));
    let found = read(
        "Experience\nScientific Employee / PhD Student - University of Bremen 2016 - present\n· Develop",
    );
    assert_eq!(held(&found.jobs[0]), (Some("Scientific Employee"), Some("University of Bremen")));
}

#[test]
fn jobs_are_read_where_each_stands_on_a_line_of_its_own() {
    let found = read(
        "WORK EXPERIENCE\nSenior Nurse\nSt. Mary Hospital\n03/2015 – 04/2019\n• Cared for patients\nNurse\nCity Clinic\n2010 - 2015\n• Cared",
    );
    let jobs: Vec<_> = found.jobs.iter().map(held).collect();
    assert_eq!(
        jobs,
        [(Some("Senior Nurse"), Some("St. Mary Hospital")), (Some("Nurse"), Some("City Clinic"))]
    );
}

#[test]
fn years_of_jobs_at_the_same_time_count_once() {
    let found = read("Experience\nEngineer, Acme Inc 01/2018 - 12/2019\nAdvisor, Beta Ltd 01/2019 - 12/2020");
    assert_eq!(found.years_of_experience, Some(3.0));
    assert_eq!(read("Skills\nRust").years_of_experience, None);
}

#[test]
fn education_is_read_in_either_order() {
    let found = read(
        "Education\n• Georgia Institute of Technology Atlanta, GA\nMaster of Science in Computer Science; GPA: 4.00 Aug 2012 – Dec 2013\n\
         • Birla Institute of Technology\nBachelor of Engineering Aug 2008 – July 2012",
    );
    let read: Vec<_> = found.education.iter().map(|one| (one.degree.as_deref(), one.year)).collect();
    assert_eq!(
        read,
        [
            (Some("Master of Science in Computer Science"), Some(2013)),
            (Some("Bachelor of Engineering"), Some(2012))
        ]
    );
    assert_eq!(found.education[1].institution.as_deref(), Some("Birla Institute of Technology"));
}

#[test]
fn spans_quote_the_text_and_sections_do_not_overlap() {
    let text = "Ada Lovelace\nExperience\nEngineer, Acme Inc 01/2018 - 12/2019\nSkills\nRust, postgres";
    let found = read(text);
    assert!(found.sections.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    assert_eq!(
        found.skills.iter().map(|skill| skill.name.as_str()).collect::<Vec<_>>(),
        ["Rust", "PostgreSQL"]
    );
    assert_eq!(found.skills[1].span.quote(text), "postgres");
}

#[test]
fn nothing_is_made_of_nothing() {
    assert_eq!(read(""), ResumeOutline::default());
}
