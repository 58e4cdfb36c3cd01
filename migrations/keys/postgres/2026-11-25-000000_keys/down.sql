DROP TABLE credential;
DROP TABLE person_key;
DROP TABLE blind_index;
DROP TABLE controller_key;
DROP TABLE key_ring;
