//! The tables as diesel sees them; the same on both databases (see `migrations/`).

diesel::table! {
    house (key_store) {
        key_store -> Binary,
        trusted_at -> BigInt,
        forgot_on -> Text,
        summed_term -> Text,
    }
}

diesel::table! {
    controller (id) {
        id -> Binary,
        kind -> Text,
        name -> Text,
        time_zone -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    school (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        external_id -> Nullable<Text>,
        name -> Text,
        number_of_students -> Integer,
        address -> Nullable<Text>,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
    }
}

diesel::table! {
    teaching_group (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        school_id -> Binary,
        external_id -> Nullable<Text>,
        name -> Text,
    }
}

diesel::table! {
    person (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        external_id -> Nullable<Binary>,
        name -> Binary,
        user_name -> Binary,
        email -> Nullable<Binary>,
        school_year -> Nullable<SmallInt>,
        language -> Text,
        language_form -> Nullable<Text>,
        report_system -> Nullable<Text>,
        report_browser -> Nullable<Text>,
        created_at -> BigInt,
        protected -> Bool,
        active_on -> Nullable<Text>,
    }
}

diesel::table! {
    membership (controller_id, person_id, id) {
        controller_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        school_id -> Nullable<Binary>,
        group_id -> Nullable<Binary>,
        role -> Text,
        from_at -> BigInt,
        to_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    session (token_hash) {
        token_hash -> Binary,
        controller_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        browser -> Nullable<Text>,
        system -> Nullable<Text>,
        group_id -> Nullable<Binary>,
        created_at -> BigInt,
        used_on -> Text,
        expires_at -> BigInt,
        by_card -> Bool,
    }
}

diesel::table! {
    class_code (controller_id, group_id) {
        controller_id -> Binary,
        group_id -> Binary,
        place -> Text,
        secret -> Text,
        opened_at -> BigInt,
        closes_at -> BigInt,
        wrong_tries -> Integer,
    }
}

diesel::table! {
    student (controller_id, person_id) {
        controller_id -> Binary,
        person_id -> Binary,
        version -> BigInt,
        ability -> Double,
        responses -> Integer,
        last_at -> BigInt,
        start -> Nullable<Double>,
        state -> Text,
    }
}

diesel::table! {
    skill_state (controller_id, student_id, skill) {
        controller_id -> Binary,
        student_id -> Binary,
        skill -> Text,
        responses -> Integer,
        last_at -> BigInt,
        state -> Text,
    }
}

diesel::table! {
    item_state (controller_id, student_id, exercise) {
        controller_id -> Binary,
        student_id -> Binary,
        exercise -> Text,
        attempts -> SmallInt,
        wins -> SmallInt,
        correct -> Bool,
        place -> Integer,
        last_at -> BigInt,
    }
}

diesel::table! {
    steering (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        group_id -> Nullable<Binary>,
        student_id -> Nullable<Binary>,
        kind -> Text,
        skill -> Nullable<Text>,
        exercise -> Nullable<Text>,
        by_id -> Nullable<Binary>,
        at -> BigInt,
    }
}

diesel::table! {
    assignment (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        school_id -> Binary,
        group_id -> Nullable<Binary>,
        student_id -> Nullable<Binary>,
        kind -> Text,
        title -> Binary,
        given_by -> Nullable<Binary>,
        given_at -> BigInt,
        active_from -> BigInt,
        due_at -> Nullable<BigInt>,
        taken_back_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    assignment_item (controller_id, assignment_id, number) {
        controller_id -> Binary,
        assignment_id -> Binary,
        number -> SmallInt,
        exercise -> Text,
        seed -> BigInt,
    }
}

diesel::table! {
    calculation (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        student_id -> Binary,
        exercise -> Text,
        seed -> BigInt,
        difficulty -> Double,
        assignment_id -> Nullable<Binary>,
        assignment_number -> Nullable<SmallInt>,
        hints -> SmallInt,
        opened_at -> BigInt,
        finished_at -> Nullable<BigInt>,
        left_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    line (controller_id, calculation_id, number) {
        controller_id -> Binary,
        calculation_id -> Binary,
        number -> SmallInt,
        key -> Binary,
        entered -> Binary,
        at -> BigInt,
        verdict -> Text,
        answer -> Binary,
    }
}

diesel::table! {
    hint (controller_id, calculation_id, from_line, strength) {
        controller_id -> Binary,
        calculation_id -> Binary,
        from_line -> SmallInt,
        strength -> SmallInt,
        at -> BigInt,
    }
}

diesel::table! {
    appeal (controller_id, calculation_id, number) {
        controller_id -> Binary,
        calculation_id -> Binary,
        number -> SmallInt,
        student_id -> Binary,
        checker -> Text,
        at -> BigInt,
        answered_by -> Nullable<Binary>,
        answered_at -> Nullable<BigInt>,
        holds -> Nullable<Bool>,
    }
}

diesel::table! {
    response (controller_id, calculation_id, number) {
        controller_id -> Binary,
        calculation_id -> Binary,
        number -> SmallInt,
        student_id -> Binary,
        skill -> Text,
        exercise -> Text,
        difficulty -> Double,
        correct -> Bool,
        milliseconds -> BigInt,
        attempt -> SmallInt,
        at -> BigInt,
        also -> Nullable<Text>,
        is_line -> Bool,
        place -> BigInt,
    }
}

diesel::table! {
    recommendation (controller_id, calculation_id) {
        controller_id -> Binary,
        calculation_id -> Binary,
        student_id -> Binary,
        exercise -> Text,
        reason -> Text,
        probability -> Double,
        propensity -> Double,
        at -> BigInt,
    }
}

diesel::table! {
    item_difficulty (exercise, attempt) {
        exercise -> Text,
        attempt -> SmallInt,
        moved -> Double,
        responses -> BigInt,
        information -> Double,
        residual -> Double,
        surprise -> Double,
        surprise_variance -> Double,
        covariance -> Double,
        leverage -> Double,
        spread -> Double,
    }
}

diesel::table! {
    event (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        name -> Text,
        opens_at -> BigInt,
        closes_at -> BigInt,
        goal_metres -> Integer,
        goal_items -> Integer,
        rules -> Text,
        announcement -> Text,
        host -> Binary,
        open_to -> Text,
        invitation -> Text,
        is_public -> Bool,
    }
}

diesel::table! {
    course (controller_id, event_id, number) {
        controller_id -> Binary,
        event_id -> Binary,
        number -> SmallInt,
        name -> Text,
        from_year -> SmallInt,
        to_year -> SmallInt,
    }
}

diesel::table! {
    distance (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        event_id -> Binary,
        school_id -> Binary,
        student_id -> Binary,
        metres -> Integer,
        seconds -> Nullable<Integer>,
        travelled_on -> Text,
        reported_at -> BigInt,
        key -> Binary,
        approved_by -> Nullable<Binary>,
        approved_at -> Nullable<BigInt>,
        returned_at -> Nullable<BigInt>,
        source -> Text,
    }
}

diesel::table! {
    standing (controller_id, event_id, school_id) {
        controller_id -> Binary,
        event_id -> Binary,
        school_id -> Binary,
        metres -> BigInt,
        distances -> BigInt,
        entrants -> BigInt,
        finishers -> BigInt,
        items -> BigInt,
        hour_items -> Nullable<BigInt>,
        hour_metres -> Nullable<BigInt>,
        before_items -> Nullable<BigInt>,
        before_metres -> Nullable<BigInt>,
    }
}

diesel::table! {
    pace (controller_id, event_id, ends_at) {
        controller_id -> Binary,
        event_id -> Binary,
        ends_at -> BigInt,
        starts_at -> BigInt,
        items -> BigInt,
        metres -> BigInt,
    }
}

diesel::table! {
    entrant (controller_id, event_id, student_id) {
        controller_id -> Binary,
        event_id -> Binary,
        student_id -> Binary,
        school_id -> Binary,
        course -> Nullable<SmallInt>,
        items -> Integer,
        metres -> Integer,
        finished_at -> Nullable<BigInt>,
        ticket -> Nullable<Binary>,
    }
}

diesel::table! {
    draw (controller_id, event_id) {
        controller_id -> Binary,
        event_id -> Binary,
        commitment -> Binary,
        sealed -> Binary,
        drawn_at -> Nullable<BigInt>,
        seed -> Nullable<Binary>,
    }
}

diesel::table! {
    draw_entry (controller_id, event_id, ticket) {
        controller_id -> Binary,
        event_id -> Binary,
        ticket -> Binary,
        place -> Nullable<SmallInt>,
    }
}

diesel::table! {
    guardian_link (controller_id, guardian_id, child_id, from_at) {
        controller_id -> Binary,
        guardian_id -> Binary,
        child_id -> Binary,
        from_at -> BigInt,
        to_at -> Nullable<BigInt>,
        confirmed_by -> Nullable<Binary>,
    }
}

diesel::table! {
    error_report (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        calculation_id -> Nullable<Binary>,
        sent_at -> BigInt,
        closed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    token_family (session_hash) {
        session_hash -> Binary,
        controller_id -> Binary,
        refresh_hash -> Binary,
        before_hash -> Nullable<Binary>,
        exchanged_at -> BigInt,
    }
}

diesel::table! {
    audit_head (controller_id) {
        controller_id -> Binary,
        seq -> BigInt,
        hash -> Binary,
    }
}

diesel::table! {
    audit_event (controller_id, seq) {
        controller_id -> Binary,
        seq -> BigInt,
        day -> BigInt,
        action -> Text,
        class -> Text,
        outcome -> Text,
        actor -> Binary,
        subject -> Binary,
        hash -> Binary,
    }
}

diesel::table! {
    audit_personal (controller_id, seq) {
        controller_id -> Binary,
        seq -> BigInt,
        actor_controller_id -> Nullable<Binary>,
        actor_id -> Nullable<Binary>,
        actor_role -> Nullable<Text>,
        actor_salt -> Nullable<Binary>,
        subject_kind -> Nullable<Text>,
        subject_id -> Nullable<Binary>,
        at -> Nullable<BigInt>,
        detail -> Nullable<Binary>,
        subject_salt -> Nullable<Binary>,
    }
}

diesel::table! {
    entitlement (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        school_id -> Nullable<Binary>,
        material -> Text,
        from_at -> BigInt,
        to_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    consent (controller_id, person_id, number) {
        controller_id -> Binary,
        person_id -> Binary,
        number -> Integer,
        purpose -> Text,
        step -> Text,
        text_version -> Integer,
        at -> BigInt,
    }
}

diesel::table! {
    request (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        kind -> Text,
        asked_by -> Nullable<Binary>,
        asked_at -> BigInt,
        answered_by -> Nullable<Binary>,
        answered_at -> Nullable<BigInt>,
        answer -> Nullable<Binary>,
    }
}

diesel::table! {
    hold (controller_id, id) {
        controller_id -> Binary,
        id -> Binary,
        person_id -> Binary,
        kind -> Text,
        ground -> Binary,
        set_by -> Nullable<Binary>,
        set_at -> BigInt,
        review_on -> Text,
        lifted_by -> Nullable<Binary>,
        lifted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    notice (controller_id, person_id, rule, counted_from, number) {
        controller_id -> Binary,
        person_id -> Binary,
        rule -> Text,
        counted_from -> Text,
        number -> SmallInt,
        sent_on -> Text,
    }
}

diesel::table! {
    certificate (controller_id, mark) {
        controller_id -> Binary,
        mark -> Binary,
        day -> BigInt,
        rule -> Text,
    }
}

diesel::table! {
    item_stat (exercise, band, term) {
        exercise -> Text,
        band -> Text,
        term -> Text,
        persons -> BigInt,
        responses -> BigInt,
        correct -> BigInt,
        by_ability -> Text,
        by_time -> Text,
        until -> BigInt,
    }
}

diesel::table! {
    usage (controller_id, school_id, term) {
        controller_id -> Binary,
        school_id -> Binary,
        term -> Text,
        students -> BigInt,
        finished -> BigInt,
        until -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    house,
    controller,
    school,
    teaching_group,
    person,
    membership,
    session,
    class_code,
    student,
    skill_state,
    item_state,
    steering,
    assignment,
    assignment_item,
    calculation,
    line,
    response,
    recommendation,
    item_difficulty,
    event,
    course,
    distance,
    standing,
    pace,
    entrant,
    draw,
    draw_entry,
    guardian_link,
    error_report,
    token_family,
    audit_head,
    audit_event,
    audit_personal,
    entitlement,
    consent,
    request,
    hold,
    notice,
    certificate,
    item_stat,
    usage,
);
