//! Words by which the title of a job, an employer, a school and a degree are told.

use super::lines::plain_words;

const TITLES: &str = "engineer developer programmer manager intern analyst consultant director designer assistant associate \
    scientist researcher teacher lecturer professor lead leader head officer specialist administrator architect nurse accountant \
    coordinator supervisor technician representative executive president founder cofounder owner partner trainee apprentice \
    fellow tutor instructor advisor adviser editor writer journalist clerk cashier server waiter waitress barista bartender chef \
    cook driver operator mechanic electrician plumber carpenter cleaner guard agent broker buyer planner recruiter strategist \
    marketer salesperson seller cto ceo cfo coo cio vp svp evp principal freelancer freelance contractor volunteer mentor coach \
    counselor therapist physician doctor surgeon pharmacist dentist veterinarian lawyer attorney paralegal secretary receptionist \
    librarian translator interpreter photographer artist illustrator animator producer tester qa sre devops dba admin \
    postdoc student employee ambassador captain chair member inspector auditor controller merchandiser stylist \
    ingenieur ingenieure developpeur developpeuse stagiaire chercheur chercheuse enseignant enseignante responsable chef directeur \
    directrice assistante technicien technicienne comptable vendeur vendeuse alternant apprenti charge chargee infirmier infirmiere \
    entwickler entwicklerin praktikant praktikantin mitarbeiter mitarbeiterin leiter leiterin berater beraterin werkstudent \
    werkstudentin ingenieurin geschaftsfuhrer kaufmann kauffrau sachbearbeiter forscher dozent lehrer lehrerin \
    ingeniero ingeniera desarrollador desarrolladora becario becaria practicante gerente consultor consultora profesor profesora \
    investigador investigadora analista director directora asistente tecnico tecnica vendedor vendedora enfermera jefe crew \
    worker laborer aide hostess host teammate staff programmeur redakteur redacteur \
    solicitor barrister midwife carer caregiver paramedic physiotherapist radiographer psychologist welder gardener \
    hairdresser operative";

const EMPLOYERS: &str = "inc llc ltd limited gmbh ag corp corporation company co plc sa sarl sas srl bv oy ab kg university \
    college institute hospital school bank group labs laboratory laboratories technologies solutions systems consulting agency \
    department ministry foundation studio studios universitat universite universidad research restaurant clinic services \
    software hochschule center centre council museum press partners ventures capital";

const SCHOOLS: &str = "university universitat universite universidad universita universiteit college school institute institut \
    instituto academy academie academia hochschule fachhochschule gymnasium realschule lycee ecole faculty faculte fakultat \
    polytechnic polytechnique politecnico colegio escuela facultad eth mit epfl insa iut conservatory seminary uni tu fh \
    univ iit nit bootcamp";

const DEGREES: &str = "phd doctorate doctor doctoral dr master masters msc mba ma ms meng med mfa mphil llm bachelor bachelors bsc \
    ba bs beng btech mtech bca mca bcom bba be llb jd diploma diplom degree licence license licenciatura licenciado grado \
    maestria doctorado abitur baccalaureat bac bts dut maitrise magister ausbildung staatsexamen fachabitur \
    ged certificate matura bachillerato abschluss mmath mchem mphys";

/// Whether `text` holds a word that titles of jobs hold.
pub(crate) fn names_a_title(text: &str) -> bool {
    holds(text, TITLES)
}

/// Whether `text` holds a word that names of employers hold.
pub(super) fn names_an_employer(text: &str) -> bool {
    holds(text, EMPLOYERS)
}

/// Whether `text` holds a word that names of schools hold.
pub(super) fn names_a_school(text: &str) -> bool {
    holds(text, SCHOOLS)
}

/// Whether `text` holds a degree, spelled in any of the usual ways.
pub(super) fn names_a_degree(text: &str) -> bool {
    let dotless = text.replace('.', "");
    plain_words(&dotless)
        .iter()
        .zip(dotless.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()))
        .any(|(word, written)| {
            let listed = DEGREES.split_whitespace().any(|degree| degree == word);
            // Two small letters are a word: "be", "ma".
            listed && (word.len() > 2 || written.chars().next().is_some_and(char::is_uppercase))
        })
}

fn holds(text: &str, list: &str) -> bool {
    plain_words(text).iter().any(|word| {
        let single = word.strip_suffix('s').unwrap_or(word);
        list.split_whitespace().any(|listed| listed == word || listed == single)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_known_with_and_without_points() {
        for text in [
            "M.Sc. Digital Media",
            "Ph.D. in History",
            "BS",
            "Bachelor of Engineering",
            "B.Tech",
            "Licence de physique",
        ] {
            assert!(names_a_degree(text), "{text}");
        }
        assert!(!names_a_degree("to be or not to be"));
    }
}
