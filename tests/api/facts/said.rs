//! A fact is a sentence, who asks, what is asked, and what comes of it. `{alva.calculation}` is the id of Alva's
//! calculation; what does not exist yet is nobody's id.

/// What comes of asking.
#[derive(Clone, Copy)]
pub enum Comes {
    /// A page on which this stands.
    Shows(&'static str),
    /// A page, or none, and this does not stand there.
    Hides(&'static str),
    NotFound,
    /// The way to where one signs in.
    Door,
    /// Done, and on to another page.
    Done,
}
use Comes::{Done, Door, Hides, NotFound, Shows};

pub type Fact = (&'static str, &'static str, &'static str, Comes);

/// Everybody has practised; nobody has reported anything.
#[rustfmt::skip]
pub const AT_FIRST: &[Fact] = &[
    // the student: K3, K15, K16, K10
    ("a student reads the own lines", "alva", "GET /calculations/{alva.calculation}", Shows("märke alva §")),
    ("a student has a history of what was done", "alva", "GET /done", Shows("/calculations/{alva.calculation}")),
    ("a classmate sees no line", "bo", "GET /calculations/{alva.calculation}", NotFound),
    ("a classmate's history has no line of others", "bo", "GET /done", Hides("märke alva §")),
    ("a student of a parallel class sees no line", "cleo", "GET /calculations/{alva.calculation}", NotFound),
    ("a student of another school sees no line", "dina", "GET /calculations/{alva.calculation}", NotFound),
    ("a student of another controller sees no line", "xenia", "GET /calculations/{alva.calculation}", NotFound),
    ("the program's way in has the same walls", "bo", "GET /api/v1/calculations/{alva.calculation}", NotFound),
    ("work given to the class reaches the class", "bo", "GET /today", Shows("Läxa till 7A")),
    ("work given to the class reaches no other class", "cleo", "GET /today", Hides("Läxa till 7A")),
    ("nobody writes a line for another student", "bo", "POST /calculations/{alva.calculation}/lines", NotFound),
    ("nobody takes a hint for another student", "bo", "POST /calculations/{alva.calculation}/hints", NotFound),
    ("a student has no groups to look at", "alva", "GET /groups", NotFound),
    ("a student does not look at the own group", "alva", "GET /groups/{alva.group}", NotFound),
    ("a student does not see what others made of the work", "alva", "GET /assignments/{alva.assignment}", NotFound),
    ("a student has no school page", "alva", "GET /school", NotFound),
    ("a student has no controller page", "alva", "GET /controller", NotFound),
    ("a student has no children", "alva", "GET /children", NotFound),
    ("a student is not the own guardian", "alva", "GET /children/{alva.student}", NotFound),
    ("a student reads no error reports", "alva", "GET /support", NotFound),
    ("a student sees how the schools stand", "alva", "GET /maraton", Shows("Ekskolan")),
    ("a student sees no classmate's kilometres", "bo", "GET /maraton", Hides("Alva")),
    ("a student does not approve the own kilometres", "alva", "POST /maraton/distances/{alva.distance}/approve", NotFound),
    ("a student does not approve a classmate's kilometres", "bo", "POST /maraton/distances/{alva.distance}/approve", NotFound),
    ("a student of another controller does not hear of the school", "xenia", "GET /maraton", Hides("Ekskolan")),
    ("everyone is told what they see", "alva", "GET /sight", Shows("Dina egna rader")),

    // the teacher in the group: K4, K13, K14, K15, K10
    ("a teacher sees who is in the group", "maria", "GET /groups/{alva.group}", Shows("Alva")),
    ("a teacher sees every line of the group", "maria", "GET /groups/{alva.group}/calculations/{alva.calculation}", Shows("märke alva §")),
    ("a teacher sees whose kilometres wait", "maria", "GET /maraton", Shows("Alva L.")),
    ("a teacher sees who in the group has a login card", "maria", "GET /groups/{alva.group}/cards", Shows("Inget kort")),
    ("a mentor sees who in the group has a login card", "mona", "GET /groups/{selma.group}/cards", Shows("Selma Skyddad")),
    ("a teacher of another group does not see who has a card", "johan", "GET /groups/{alva.group}/cards", NotFound),
    ("a teacher of another school makes no cards for the group", "lena", "POST /groups/{alva.group}/cards", NotFound),
    ("a teacher of another controller makes no cards for the group", "yngve", "POST /groups/{alva.group}/cards", NotFound),
    ("a teacher who has left the group makes no cards for it", "tore", "POST /groups/{alva.group}/cards", NotFound),
    ("a teacher who has not begun makes no cards", "frida", "POST /groups/{alva.group}/cards", NotFound),
    ("a student makes no cards", "alva", "POST /groups/{alva.group}/cards", NotFound),
    ("a student does not end a classmate's card", "bo", "POST /groups/{alva.group}/students/{alva.student}/card/end", NotFound),
    ("a guardian does not see who has a card", "gunnar", "GET /groups/{alva.group}/cards", NotFound),
    ("an administrator makes no cards", "rut", "POST /groups/{alva.group}/cards", NotFound),
    ("an officer does not see who has a card", "olle", "GET /groups/{alva.group}/cards", NotFound),
    ("support makes no cards", "sofia", "POST /groups/{alva.group}/cards", NotFound),
    ("an operator makes no cards", "ove", "POST /groups/{alva.group}/cards", NotFound),
    ("nobody who is not signed in sees who has a card", "", "GET /groups/{alva.group}/cards", Door),
    ("a teacher does not end a card through the wrong group", "maria", "POST /groups/{alva.group}/students/{cleo.student}/card/end", NotFound),
    ("a teacher does not end the card of a student who has moved", "maria", "POST /groups/{alva.group}/students/{folke.student}/card/end", NotFound),
    ("a teacher ends the card of a student of the group", "maria", "POST /groups/{alva.group}/students/{bo.student}/card/end", Done),
    ("a teacher does not sit down at a student's desk", "maria", "GET /calculations/{alva.calculation}", NotFound),
    ("a teacher writes no line for a student", "maria", "POST /calculations/{alva.calculation}/lines", NotFound),
    ("a teacher sees no student of a parallel group through the own", "maria", "GET /groups/{alva.group}/students/{cleo.student}", NotFound),
    ("a teacher no longer sees a student who has moved", "maria", "GET /groups/{alva.group}/students/{folke.student}", NotFound),
    ("the new teacher sees a student who has moved", "lena", "GET /groups/{dina.group}/students/{folke.student}", Shows("Folke")),
    ("a teacher is not the school's administrator", "maria", "GET /school", NotFound),
    ("a teacher is not the controller's officer", "maria", "GET /controller", NotFound),
    ("a teacher is no guardian of the students", "maria", "GET /children/{alva.student}", NotFound),
    ("a teacher reads no error reports", "maria", "GET /support", NotFound),
    ("a teacher of another group at the same school sees no line", "johan", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("a teacher of another group at the same school sees no line through the own group", "johan", "GET /groups/{cleo.group}/calculations/{alva.calculation}", NotFound),
    ("a teacher of another group at the same school does not see who is in it", "johan", "GET /groups/{alva.group}", NotFound),
    ("a teacher's groups are the own groups", "johan", "GET /groups", Hides("7A")),
    ("a teacher gives no work to a colleague's group", "johan", "POST /groups/{alva.group}/assign", NotFound),
    ("a teacher does not see what a colleague's group made of the work", "johan", "GET /assignments/{alva.assignment}", NotFound),
    ("a teacher takes back no work of a colleague's group", "johan", "POST /assignments/{alva.assignment}/take-back", NotFound),
    ("a teacher is not told of kilometres in a colleague's group", "johan", "GET /maraton", Hides("Alva")),
    ("a teacher approves no kilometres in a colleague's group", "johan", "POST /maraton/distances/{alva.distance}/approve", NotFound),
    ("a teacher of another school sees no line", "lena", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("a teacher of another controller sees no line", "yngve", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("a teacher who has left sees no group", "tore", "GET /groups/{alva.group}", NotFound),
    ("a teacher who has left sees no line", "tore", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("a teacher who begins next week sees nothing today", "frida", "GET /groups/{alva.group}", NotFound),

    // the mentor is a teacher of the group
    ("a mentor sees who is in the group", "mona", "GET /groups/{cleo.group}", Shows("Cleo")),
    ("a mentor sees the lines of the group", "mona", "GET /groups/{cleo.group}/calculations/{cleo.calculation}", Shows("märke cleo §")),
    ("a mentor sees what a student of the group did and can", "mona", "GET /groups/{cleo.group}/students/{cleo.student}", Shows("Cleo")),
    ("a mentor sees the work that a colleague gave to the group", "mona", "GET /assignments/{cleo.assignment}", Shows("Läxa till 7B")),
    ("a mentor gives work to the group", "mona", "POST /groups/{cleo.group}/assign", Done),
    ("a mentor approves the kilometres of the group", "mona", "POST /maraton/distances/{cleo.distance}/approve", Done),
    ("a mentor sees how the schools stand", "mona", "GET /maraton", Shows("Ekskolan")),
    ("a mentor sees no other group", "mona", "GET /groups/{alva.group}", NotFound),
    ("a mentor gives no work to another group", "mona", "POST /groups/{alva.group}/assign", NotFound),
    ("a mentor approves no kilometres of another group", "mona", "POST /maraton/distances/{alva.distance}/approve", NotFound),

    // a protected identity: 4.1
    ("who is protected sees what is their own", "selma", "GET /calculations/{selma.calculation}", Shows("märke selma §")),
    ("the teacher of the group sees who is protected", "johan", "GET /groups/{selma.group}", Shows("Selma")),
    ("the lists of MatteMaraton do not name who is protected", "johan", "GET /maraton", Hides("Selma")),
    ("kilometres of who is protected wait without a name", "johan", "GET /maraton", Shows("En elev")),
    ("a classmate is not told of who is protected", "cleo", "GET /maraton", Hides("Selma")),
    ("the school's page does not name who is protected", "rut", "GET /school", Hides("Selma")),
    ("the controller's page does not name who is protected", "olle", "GET /controller", Hides("Selma")),
    ("the organiser is not told of who is protected", "orvar", "GET /maraton", Hides("Selma")),
    ("a guardian's list does not name who is protected", "gunnar", "GET /children", Hides("Selma")),
    ("a guardian does not see a protected child", "gunnar", "GET /children/{selma.student}", NotFound),

    // the guardian
    ("a guardian sees the child's name", "gunnar", "GET /children", Shows("Alva Lind")),
    ("a guardian sees when the child practised", "gunnar", "GET /children/{alva.student}", Shows("10:00")),
    ("a guardian sees no line of the child", "gunnar", "GET /children/{alva.student}", Hides("märke alva §")),
    ("a guardian is given no way to the child's lines", "gunnar", "GET /children/{alva.student}", Hides("/calculations/")),
    ("a guardian does not open the child's calculation", "gunnar", "GET /calculations/{alva.calculation}", NotFound),
    ("a guardian does not open the child's calculation by a program", "gunnar", "GET /api/v1/calculations/{alva.calculation}", NotFound),
    ("a guardian does not see the child's group", "gunnar", "GET /groups/{alva.group}", NotFound),
    ("a link that the school has not confirmed shows no name", "gunnar", "GET /children", Hides("Bo Ek")),
    ("a link that the school has not confirmed shows no child", "gunnar", "GET /children/{bo.student}", NotFound),
    ("a link that has ended shows no child", "gunnar", "GET /children/{cleo.student}", NotFound),
    ("a link that has not begun shows no child", "gunnar", "GET /children/{dina.student}", NotFound),
    ("a guardian sees no child of another controller", "gunnar", "GET /children/{xenia.student}", NotFound),
    ("who is no guardian any more has no list of children", "gerd", "GET /children", NotFound),
    ("who is no guardian any more sees no child, though the link still stands", "gerd", "GET /children/{alva.student}", NotFound),

    // those who count: K12, K13
    ("a school administrator sees the school's groups", "rut", "GET /school", Shows("7A")),
    ("a school administrator sees no student's name", "rut", "GET /school", Hides("Alva")),
    ("a school administrator sees no other school", "rut", "GET /school", Hides("Linskolan")),
    ("a school administrator does not open a group", "rut", "GET /groups/{alva.group}", NotFound),
    ("a school administrator sees no line", "rut", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("a school administrator sees nobody's kilometres", "rut", "GET /maraton", Hides("Alva")),
    ("a school administrator is not the officer", "rut", "GET /controller", NotFound),
    ("who is no administrator any more sees no school", "petter", "GET /school", NotFound),
    ("the officer sees all schools of the controller", "olle", "GET /controller", Shows("Linskolan")),
    ("the officer sees no school of another controller", "olle", "GET /controller", Hides("Hagens")),
    ("the officer sees no student's name", "olle", "GET /controller", Hides("Alva")),
    ("the officer sees no line", "olle", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("a school administrator sees what the school has and until when", "rut", "GET /school", Shows("Allt material")),
    ("the officer sees what the schools have and until when", "olle", "GET /controller", Shows("Allt material")),
    ("a teacher does not see what the school has agreed on", "maria", "GET /school", Hides("Allt material")),
    ("the officer administers no school", "olle", "GET /school", NotFound),
    ("the officer is no guardian", "olle", "GET /children/{alva.student}", NotFound),

    // the organiser: K9
    ("the organiser sees how the schools stand", "orvar", "GET /maraton", Shows("Ekskolan")),
    ("the organiser sees no student", "orvar", "GET /maraton", Hides("Alva")),
    ("the organiser sees no figures of a school so small that they would be somebody's", "orvar", "GET /maraton", Hides("Lillskolan")),
    ("the organiser approves no kilometres", "orvar", "POST /maraton/distances/{alva.distance}/approve", NotFound),
    ("the organiser sees no group", "orvar", "GET /groups/{alva.group}", NotFound),
    ("the organiser is told what an organiser sees", "orvar", "GET /sight", Shows("som summor")),

    // who is their own controller
    ("who practises alone reads the own lines", "ines", "GET /calculations/{ines.calculation}", Shows("märke ines §")),
    ("nobody's teacher sees who practises alone", "maria", "GET /groups/{alva.group}/calculations/{ines.calculation}", NotFound),
    ("no officer sees who practises alone", "olle", "GET /calculations/{ines.calculation}", NotFound),
    ("who practises alone sees nobody else's line", "ines", "GET /calculations/{alva.calculation}", NotFound),
    ("who practises alone sees what they consented to", "ines", "GET /my-data", Shows("Du har samtyckt")),
    ("who practises alone fetches what is stored", "ines", "GET /my-data/copy", Shows("märke ines §")),
    ("the copy holds nothing of others", "ines", "GET /my-data/copy", Hides("märke alva §")),
    ("support does not see who practises alone before a report", "sofia", "GET /support", Hides("Ines")),
    ("support sees no line of who practises alone before a report", "sofia", "GET /calculations/{ines.calculation}", NotFound),
    ("the operator sees no line of who practises alone", "ove", "GET /calculations/{ines.calculation}", NotFound),
    ("database staff see no line of who practises alone", "dag", "GET /calculations/{ines.calculation}", NotFound),
    ("a researcher sees no line of who practises alone", "rita", "GET /calculations/{ines.calculation}", NotFound),
    ("a guardian does not see who practises alone", "gunnar", "GET /children/{ines.student}", NotFound),
    ("a student of a school asks the school for a copy", "alva", "GET /my-data/copy", NotFound),
    ("a student of a school does not delete what the school decides over", "alva", "POST /my-data/delete", NotFound),
    ("the officer has no page of an individual's", "olle", "GET /my-data", NotFound),
    ("who practises alone is in no school's event", "ines", "GET /maraton", Hides("Ekskolan")),

    // support before a report: K20
    ("support sees nothing before an error report", "sofia", "GET /support", Shows("Ingen har skickat")),
    ("support sees no name before an error report", "sofia", "GET /support", Hides("Alva")),
    ("support sees no line before an error report", "sofia", "GET /calculations/{alva.calculation}", NotFound),
    ("support sees no line of a group", "sofia", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("support finds no report that nobody sent", "sofia", "GET /support/reports/{alva.report}", NotFound),
    ("support is no guardian", "sofia", "GET /children/{alva.student}", NotFound),
    ("support does not hear of the schools", "sofia", "GET /maraton", Hides("Ekskolan")),
    ("who is not support any more has no list of reports", "sixten", "GET /support", NotFound),

    // the operator's others: K21, no page on which one role sees everything
    ("database staff are told that they see nobody", "dag", "GET /sight", Shows("Inget om någon person")),
    ("database staff see no line", "dag", "GET /calculations/{alva.calculation}", NotFound),
    ("database staff see no group", "dag", "GET /groups/{alva.group}", NotFound),
    ("database staff read no error reports", "dag", "GET /support", NotFound),
    ("database staff see no controller", "dag", "GET /controller", NotFound),
    ("the operator is told that they see nobody", "ove", "GET /sight", Shows("Inget om någon person")),
    ("the operator sees no line", "ove", "GET /calculations/{alva.calculation}", NotFound),
    ("the operator reads no error reports", "ove", "GET /support", NotFound),
    ("the operator sees no school", "ove", "GET /school", NotFound),
    ("the operator does not hear of the schools' event", "ove", "GET /maraton", Hides("Ekskolan")),
    ("a researcher is told that nothing has been approved", "rita", "GET /sight", Shows("Något sådant finns inte här än")),
    ("a researcher sees no line", "rita", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("a researcher sees no standing", "rita", "GET /maraton", Hides("Ekskolan")),
    ("a researcher reads no error reports", "rita", "GET /support/reports/{alva.report}", NotFound),

    // who has no role, and nobody
    ("who has no role is told so", "zara", "GET /sight", Shows("Du har ingen roll")),
    ("who has no role does not see how the schools stand", "zara", "GET /maraton", Hides("Hagens")),
    ("nobody reads a calculation", "", "GET /calculations/{alva.calculation}", Door),
    ("nobody sends a report", "", "POST /report", Door),
    ("nobody reads reports", "", "GET /support", Door),
    ("nobody sees children", "", "GET /children/{alva.student}", Door),

    // who has looked: K26 and the house
    ("a student is told which teacher looked", "alva", "GET /seen", Shows("Maria Sund")),
    ("a student is told as what somebody looked", "alva", "GET /seen", Shows("Lärare")),
    ("a student who nobody looked at is told so", "ines", "GET /seen", Shows("Ingen har tittat än")),
    ("who has looked at a classmate alone is not told", "bo", "GET /seen", Hides("Gunnar")),
    ("a teacher is not told who looked at a student", "maria", "GET /children/{alva.student}/seen", NotFound),
    ("a student does not read a classmate's list of looks", "bo", "GET /children/{alva.student}/seen", NotFound),
    ("the own list is read on the own page", "alva", "GET /children/{alva.student}/seen", NotFound),
    ("a guardian is told which teacher looked at the child", "gunnar", "GET /children/{alva.student}/seen", Shows("Maria Sund")),
    ("a guardian without a link is not told who looked", "gunnar", "GET /children/{dina.student}/seen", NotFound),
    ("a guardian is not told of a protected child", "gunnar", "GET /children/{selma.student}/seen", NotFound),
    ("support does not read who looked", "sofia", "GET /children/{alva.student}/seen", NotFound),
    ("the officer does not read who looked at whom", "olle", "GET /children/{alva.student}/seen", NotFound),
    ("a school administrator does not read who looked at whom", "rut", "GET /children/{alva.student}/seen", NotFound),
    ("nobody reads who looked without signing in", "", "GET /seen", Door),
];

/// Alva has sent a report, then written another line; Selma, who is protected, and Maria have sent one each.
#[rustfmt::skip]
pub const REPORTED: &[Fact] = &[
    ("support sees who sent a report", "sofia", "GET /support", Shows("Alva Lind")),
    ("support sees what was entered", "sofia", "GET /support/reports/{alva.report}", Shows("märke alva §")),
    ("support sees the task", "sofia", "GET /support/reports/{alva.report}", Shows("<math")),
    ("support sees the answer that was given", "sofia", "GET /support/reports/{alva.report}", Shows("Vi kan inte läsa raden än")),
    ("support sees the system", "sofia", "GET /support/reports/{alva.report}", Shows("ChromeOS")),
    ("support sees the browser", "sofia", "GET /support/reports/{alva.report}", Shows("Chrome 139")),
    ("support sees no line that came after the report", "sofia", "GET /support/reports/{alva.report}", Hides("senare rad §")),
    ("support sees no other calculation of the sender", "sofia", "GET /support/reports/{alva.report}", Hides("äldre märke §")),
    ("support sees no id from the roster", "sofia", "GET /support/reports/{alva.report}", Hides("roster-alva")),
    ("support sees no e-mail address", "sofia", "GET /support/reports/{alva.report}", Hides("@post.example")),
    ("support does not see what the work was called", "sofia", "GET /support/reports/{alva.report}", Hides("Läxa till")),
    ("support does not see the class", "sofia", "GET /support/reports/{alva.report}", Hides(" 7A")),
    ("support does not see the school", "sofia", "GET /support/reports/{alva.report}", Hides("Ekskolan")),
    ("support does not see kilometres", "sofia", "GET /support/reports/{alva.report}", Hides("3,2")),
    ("support is not let to the desk by a report", "sofia", "GET /calculations/{alva.calculation}", NotFound),
    ("support is not let into the group by a report", "sofia", "GET /groups/{alva.group}", NotFound),
    ("support sees no classmate by a report", "sofia", "GET /support", Hides("Bo Ek")),
    ("support does not see the name of who is protected", "sofia", "GET /support", Hides("Selma")),
    ("support does not see the name of who is protected in the report", "sofia", "GET /support/reports/{selma.report}", Hides("Selma")),
    ("support sees that somebody protected sent it", "sofia", "GET /support/reports/{selma.report}", Shows("skyddad identitet")),
    ("a report without a calculation has none", "sofia", "GET /support/reports/{maria.report}", Shows("Ingen uppgift följde med")),
    ("the sender sees that it was sent", "alva", "GET /report", Shows("Supporten kan läsa den nu")),
    ("the sender sees what was sent", "alva", "GET /report", Shows("märke alva §")),
    ("others are not told of it", "bo", "GET /report", Hides("Supporten kan läsa den nu")),
    ("the sender does not read reports as support does", "alva", "GET /support/reports/{alva.report}", NotFound),
    ("the teacher does not read a student's report", "maria", "GET /support/reports/{alva.report}", NotFound),
    ("the teacher does not close it", "maria", "POST /support/reports/{alva.report}/close", NotFound),
    ("the administrator does not read it", "rut", "GET /support/reports/{alva.report}", NotFound),
    ("the officer does not read it", "olle", "GET /support/reports/{alva.report}", NotFound),
    ("the guardian does not read it", "gunnar", "GET /support/reports/{alva.report}", NotFound),
    ("database staff do not read it", "dag", "GET /support/reports/{alva.report}", NotFound),
    ("the operator does not read it", "ove", "GET /support/reports/{alva.report}", NotFound),
    ("a researcher does not read it", "rita", "GET /support/reports/{alva.report}", NotFound),
    ("who is not support any more does not read it", "sixten", "GET /support/reports/{alva.report}", NotFound),
    ("support closes it", "sofia", "POST /support/reports/{alva.report}/close", Done),
];

/// Support has just closed Alva's report.
#[rustfmt::skip]
pub const CLOSED: &[Fact] = &[
    ("a closed report is not found", "sofia", "GET /support/reports/{alva.report}", NotFound),
    ("a closed report is in no list", "sofia", "GET /support", Hides("Alva")),
    ("a closed report is not closed again", "sofia", "POST /support/reports/{alva.report}/close", NotFound),
    ("closing one leaves the others", "sofia", "GET /support/reports/{maria.report}", Shows("Maria Sund")),
    ("the sender sees that support no longer sees it", "alva", "GET /report", Shows("Supporten ser den inte längre")),
    ("the sender's lines are where they were", "alva", "GET /calculations/{alva.calculation}", Shows("märke alva §")),
    ("the teacher's sight is as it was", "maria", "GET /groups/{alva.group}/calculations/{alva.calculation}", Shows("märke alva §")),
];

/// Maria has left 7A, and Gunnar is no longer Alva's guardian; this very moment.
#[rustfmt::skip]
pub const ENDED: &[Fact] = &[
    ("sight of the group ends with the membership", "maria", "GET /groups/{alva.group}", NotFound),
    ("sight of who has a card ends with the membership", "maria", "GET /groups/{alva.group}/cards", NotFound),
    ("no card is made any more", "maria", "POST /groups/{alva.group}/cards", NotFound),
    ("no card is ended any more", "maria", "POST /groups/{alva.group}/cards/end", NotFound),
    ("sight of the lines ends with the membership", "maria", "GET /groups/{alva.group}/calculations/{alva.calculation}", NotFound),
    ("sight of the work ends with the membership", "maria", "GET /assignments/{alva.assignment}", NotFound),
    ("kilometres are no longer hers to approve", "maria", "POST /maraton/distances/{alva.distance}/approve", NotFound),
    ("no work is given any more", "maria", "POST /groups/{alva.group}/assign", NotFound),
    ("sight of the child ends with the link", "gunnar", "GET /children/{alva.student}", NotFound),
    ("the child's name goes with the link", "gunnar", "GET /children", Hides("Alva")),
    ("the student keeps what is the student's", "alva", "GET /calculations/{alva.calculation}", Shows("märke alva §")),
];

/// Two weeks later.
#[rustfmt::skip]
pub const LATER: &[Fact] = &[
    ("a report that nobody closes is seen for 14 days and no longer", "sofia", "GET /support/reports/{maria.report}", NotFound),
    ("after that it is in no list", "sofia", "GET /support", Hides("Maria")),
    ("and its sender is told so", "maria", "GET /report", Shows("Supporten ser den inte längre")),
];
