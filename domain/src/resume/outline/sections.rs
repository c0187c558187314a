//! Finds the sections of a resume by their headings, in English, French, German and Spanish.

use super::lines::{Line, plain_words};
use super::{Section, SectionKind};
use crate::text::Span;

/// What headings say, as plain words; the longest that fits decides.
const HEADINGS: &[(SectionKind, &str)] = &[
    (
        SectionKind::Summary,
        "summary|profile|objective|about|about me|overview|highlights|career objective|\
         professional summary|professional profile|executive summary|career summary|\
         summary of qualifications|personal statement|introduction|profil|a propos|uber mich|\
         kurzprofil|zusammenfassung|perfil|perfil profesional|resumen|sobre mi|objetivo|objectif|\
         resumen profesional|bio",
    ),
    (
        SectionKind::Experience,
        "experience|experiences|work experience|professional experience|employment|\
         employment history|work history|career history|relevant experience|industry experience|\
         professional background|internships|internship experience|research experience|\
         teaching experience|job experience|positions held|career|experience professionnelle|\
         experiences professionnelles|parcours professionnel|emplois|stages|berufserfahrung|\
         beruflicher werdegang|werdegang|berufspraxis|praktika|experiencia|experiencia laboral|\
         experiencia profesional|trayectoria profesional|berufliche erfahrung|professional history|\
         work|experience in industry|military experience|leadership experience",
    ),
    (
        SectionKind::Education,
        "education|academic background|academic history|educational background|\
         academic qualifications|qualifications|education and training|studies|academics|formation|\
         formations|etudes|diplomes|parcours academique|cursus|ausbildung|bildung|studium|\
         schulbildung|bildungsweg|akademische ausbildung|educacion|formacion|formacion academica|\
         estudios|scolarite|degrees|courses|coursework|relevant coursework|courses taken|\
         technical courses",
    ),
    (
        SectionKind::Skills,
        "skills|technical skills|key skills|core skills|skill set|skillset|core competencies|\
         competencies|technologies|tools|technical expertise|areas of expertise|expertise|strengths|\
         technical proficiency|technical proficiencies|it skills|computer skills|professional skills|\
         soft skills|hard skills|programming|programming skills|programming languages|tech stack|\
         competences|competences techniques|competences informatiques|aptitudes|informatique|\
         kenntnisse|fahigkeiten|kompetenzen|it kenntnisse|edv kenntnisse|qualifikationen|habilidades|\
         competencias|conocimientos|aptitudes y competencias|software|technical|software programs|\
         languages and technologies|technology|programming languages and tools|skills and tools",
    ),
    (
        SectionKind::Projects,
        "projects|project|personal projects|selected projects|side projects|academic projects|\
         key projects|project experience|open source|open source contributions|portfolio|projets|\
         projekte|proyectos|projets personnels|research projects|technical projects|\
         open source projects|notable projects",
    ),
    (
        SectionKind::Certifications,
        "certifications|certificates|certification|licenses|licences|licenses and certifications|\
         training|trainings|professional development|courses and certifications|certificats|\
         zertifikate|weiterbildung|fortbildungen|certificaciones|certificados|cursos|online courses|\
         zertifizierungen",
    ),
    (
        SectionKind::Awards,
        "awards|honors|honours|honors and awards|awards and honors|achievements|accomplishments|\
         scholarships|distinctions|prix|recompenses|auszeichnungen|preise|stipendien|premios|logros|\
         most proud of|awards and achievements|fellowships|recognition|grants",
    ),
    (
        SectionKind::Publications,
        "publications|papers|patents|talks|presentations|publications and talks|\
         selected publications|conferences|books|writing|publikationen|veroffentlichungen|vortrage|\
         publicaciones|presentation|invited talks|talks and presentations|conference papers|\
         journal articles|speaking",
    ),
    (
        SectionKind::Languages,
        "languages|language|language skills|langues|sprachen|sprachkenntnisse|idiomas|\
         spoken languages",
    ),
    (
        SectionKind::Volunteering,
        "volunteering|volunteer experience|volunteer work|volunteer|community service|\
         community involvement|benevolat|ehrenamt|ehrenamtliches engagement|engagement|voluntariado|\
         voluntary work",
    ),
    (
        SectionKind::Interests,
        "interests|hobbies|hobbies and interests|interests and hobbies|personal interests|\
         centres d interet|loisirs|hobbys|interessen|intereses|aficiones|activities and interests",
    ),
    (SectionKind::References, "references|referees|referenzen|referencias"),
    (
        SectionKind::Other,
        "activities|extracurricular activities|additional information|personal details|personal data|\
         personal information|miscellaneous|memberships|affiliations|professional affiliations|\
         leadership|leadership and activities|activities and honors|extracurriculars|\
         military service|other|contact|contact information|contacts|get in touch|my life philosophy|\
         a day of my life|activites|divers|personliche daten|sonstiges|datos personales|otros|\
         kontakt|contacto|mitgliedschaften|zusatzliche informationen|service|professional service|\
         academic service|program committees|committees|press|media|availability|declaration",
    ),
];

/// Words that a heading may hold beside the words that name its kind.
const FILLERS: [&str; 28] = [
    "and",
    "or",
    "the",
    "my",
    "of",
    "in",
    "other",
    "relevant",
    "selected",
    "professional",
    "key",
    "additional",
    "et",
    "und",
    "y",
    "e",
    "de",
    "technical",
    "personal",
    "recent",
    "main",
    "current",
    "past",
    "related",
    "academic",
    "career",
    "industry",
    "extra",
];

/// The sections of the text, from its first line to its last. They touch and do not overlap.
pub(super) fn sections_of(lines: &[Line<'_>]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return sections;
    };
    let header = Span { start: first.span.start, end: first.span.start };
    sections.push(Section { kind: SectionKind::Header, heading: None, span: header });
    for line in lines {
        let within = sections.last().map_or(SectionKind::Header, |section| section.kind);
        if let Some((kind, heading)) = heading_of(line, within) {
            close(&mut sections, line.span.start);
            sections.push(Section { kind, heading: Some(heading), span: line.span });
        }
    }
    close(&mut sections, last.span.end);
    sections.retain(|section| !section.span.is_empty());
    sections
}

fn close(sections: &mut [Section], end: u32) {
    if let Some(open) = sections.last_mut() {
        open.span.end = end;
    }
}

/// The kind and the words of a heading, if `line` is one.
fn heading_of(line: &Line<'_>, within: SectionKind) -> Option<(SectionKind, String)> {
    let text = line.text.trim_matches(|sign: char| !sign.is_alphanumeric());
    if text.is_empty() || text.chars().count() > 60 || line.text.ends_with(['.', ',', ';']) {
        return None;
    }
    let listed = line.is_bullet() && !line.text.starts_with(['◆', '■', '★', '❖', '➤', '►']);
    if listed {
        return None;
    }
    if let Some((before, after)) = text.split_once(':') {
        return inline_heading(before, after, within);
    }
    let capital = text.chars().find(|character| character.is_alphabetic()).is_some_and(char::is_uppercase);
    if !capital && !text.chars().all(|character| !character.is_uppercase()) {
        return None;
    }
    let words = plain_words(text);
    let shouted = !text.chars().any(char::is_lowercase);
    let titled = shouted || capital && is_titled(text);
    let kind =
        exact_kind(&words).filter(|_| titled || capital).or_else(|| loose_kind(&words).filter(|_| titled))?;
    let ambiguous =
        words.len() == 1 && within == SectionKind::Skills && AMONG_SKILLS.contains(&words[0].as_str());
    (!ambiguous || shouted).then(|| (kind, text.to_owned()))
}

/// Words that name a group of skills as often as a section.
const AMONG_SKILLS: [&str; 7] =
    ["languages", "tools", "technologies", "software", "programming", "technical", "language"];

/// `Skills: Rust, SQL`: a section in one line. Among skills such words name a group.
fn inline_heading(before: &str, after: &str, within: SectionKind) -> Option<(SectionKind, String)> {
    if within == SectionKind::Skills && !after.trim().is_empty() {
        return None;
    }
    let kind = exact_kind(&plain_words(before))?;
    let may = after.trim().is_empty()
        || matches!(
            kind,
            SectionKind::Skills
                | SectionKind::Interests
                | SectionKind::Certifications
                | SectionKind::Summary
                | SectionKind::References
                | SectionKind::Languages
        ) && within != SectionKind::Experience
            && within != SectionKind::Projects
            && within != SectionKind::Education;
    may.then(|| (kind, before.trim().to_owned()))
}

fn is_titled(text: &str) -> bool {
    text.split_whitespace()
        .filter(|word| word.chars().count() > 3)
        .all(|word| word.chars().find(|character| character.is_alphabetic()).is_none_or(char::is_uppercase))
}

fn exact_kind(words: &[String]) -> Option<SectionKind> {
    let (spaced, together) = (words.join(" "), words.concat());
    let found = |names: &str| {
        names.split('|').any(|name| name == spaced || name.len() > 8 && name.replace(' ', "") == together)
    };
    HEADINGS.iter().find(|(_, names)| found(names)).map(|(kind, _)| *kind)
}

/// The kind that the first of several named kinds has, where all other words are fillers or kinds too:
/// `Experience & Projects`, `Selected Research Projects`.
fn loose_kind(words: &[String]) -> Option<SectionKind> {
    if words.is_empty() || words.len() > 6 {
        return None;
    }
    let mut first = None;
    let mut at = 0;
    while at < words.len() {
        let mut longest = (1..=(words.len() - at).min(3)).rev();
        let named = longest.find_map(|take| exact_kind(&words[at..at + take]).map(|kind| (kind, take)));
        match named {
            Some((kind, take)) => {
                first = first.or(Some(kind));
                at += take;
            }
            None if FILLERS.contains(&words[at].as_str()) => at += 1,
            None => return None,
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines_of;
    use super::*;

    fn kinds(text: &str) -> Vec<SectionKind> {
        sections_of(&lines_of(text)).iter().map(|section| section.kind).collect()
    }

    #[test]
    fn headings_part_the_text_without_gaps() {
        let text = "Ada Lovelace\nEXPERIENCE\nAnalyst 1842\nEducation\nHome\nSkills\nRust";
        let sections = sections_of(&lines_of(text));
        assert_eq!(
            kinds(text),
            [SectionKind::Header, SectionKind::Experience, SectionKind::Education, SectionKind::Skills]
        );
        assert_eq!(sections[1].span.quote(text), "EXPERIENCE\nAnalyst 1842\n");
        assert_eq!(sections.last().unwrap().span.end as usize, text.chars().count());
    }

    #[test]
    fn headings_are_known_in_other_languages_and_spread_letters() {
        assert_eq!(kinds("BERUFSERFAHRUNG\nx"), [SectionKind::Experience]);
        assert_eq!(kinds("Expériences professionnelles\nx"), [SectionKind::Experience]);
        assert_eq!(kinds("FORMACIÓN ACADÉMICA\nx"), [SectionKind::Education]);
        assert_eq!(kinds("WORKEXPERIENCE\nx"), [SectionKind::Experience]);
        assert_eq!(kinds("Selected Publications & Talks\nx"), [SectionKind::Publications]);
    }

    #[test]
    fn sentences_and_list_items_are_no_headings() {
        assert_eq!(kinds("Name\nExperience with Rust and education of juniors."), [SectionKind::Header]);
        assert_eq!(kinds("Name\n• Education"), [SectionKind::Header]);
        assert_eq!(kinds("Skills\nLanguages: Rust, C\nTools"), [SectionKind::Skills]);
    }
}
