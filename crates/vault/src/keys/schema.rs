//! The key store's tables as diesel sees them; the same on both databases (see `migrations/keys/`).

diesel::table! {
    key_ring (id) {
        id -> Binary,
        master_version -> Integer,
        index_key -> Binary,
        sheet_confirmed_at -> Nullable<BigInt>,
        changes -> BigInt,
    }
}

diesel::table! {
    controller_key (controller_id, version) {
        controller_id -> Binary,
        version -> Integer,
        sealed -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    blind_index (controller_id, person_id) {
        controller_id -> Binary,
        person_id -> Binary,
        user_name -> Binary,
        email -> Nullable<Binary>,
        external_id -> Nullable<Binary>,
    }
}

diesel::table! {
    person_key (controller_id, person_id, version) {
        controller_id -> Binary,
        person_id -> Binary,
        version -> Integer,
        controller_version -> Integer,
        sealed -> Binary,
        created_at -> BigInt,
        retired_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    credential (controller_id, person_id) {
        controller_id -> Binary,
        person_id -> Binary,
        password_hash -> Text,
        changed_at -> BigInt,
    }
}

diesel::table! {
    signing_key (id) {
        id -> Binary,
        sealed -> Binary,
        created_at -> BigInt,
        signs_from -> BigInt,
    }
}

diesel::table! {
    key_exchange (id) {
        id -> Binary,
        level -> Text,
        controller_id -> Nullable<Binary>,
        at -> BigInt,
    }
}

diesel::table! {
    erasure (mark) {
        mark -> Binary,
        at -> BigInt,
        rule -> Text,
    }
}

diesel::table! {
    login_card (controller_id, person_id) {
        controller_id -> Binary,
        person_id -> Binary,
        group_id -> Binary,
        secret -> Binary,
        made_at -> BigInt,
        ends_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    key_ring,
    controller_key,
    blind_index,
    person_key,
    credential,
    signing_key,
    key_exchange,
    login_card,
    erasure,
);
