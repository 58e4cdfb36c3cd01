//! Words for a password that a teacher gives: short, of letters that every keyboard has, and known to a child.

pub const WORDS: [&str; 128] = [
    "album", "ananas", "anka", "april", "ballong", "banan", "bank", "berg", "bild", "blad", "blomma", "boll", "bok",
    "bord", "borste", "brev", "bro", "bulle", "burk", "buss", "cirkel", "citron", "cykel", "dag", "dans", "delfin",
    "docka", "droppe", "ekorre", "elefant", "fest", "film", "finger", "fisk", "flagga", "flod", "flygplan", "fotboll",
    "frukt", "galax", "gata", "giraff", "gitarr", "glass", "gran", "groda", "grotta", "guld", "gunga", "hammare",
    "hand", "hatt", "hav", "helg", "himmel", "hund", "hus", "igelkott", "iller", "jacka", "jordgubb", "juni", "kaka",
    "kamel", "kamera", "kanot", "karta", "katt", "klocka", "knapp", "koala", "korg", "krita", "kudde", "lada", "lampa",
    "lax", "lejon", "linjal", "lok", "luft", "maj", "mantel", "matta", "melon", "moln", "morot", "mossa", "motor",
    "myra", "norr", "ocean", "orgel", "orkan", "panda", "papper", "park", "penna", "pil", "pingvin", "planet",
    "plommon", "popcorn", "raket", "regn", "ring", "ros", "saft", "segel", "sill", "silver", "skog", "sol", "sommar",
    "stol", "strand", "tiger", "torn", "trumma", "tuba", "tulpan", "uggla", "vagn", "valp", "vante", "vatten", "vind",
    "vinter",
];
