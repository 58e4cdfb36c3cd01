use super::*;

#[test]
fn a_read_changes_nothing() {
    on_both(|vault| async move {
        let refused = vault.read(|tx| mark(tx, 1)).await;
        assert!(matches!(refused, Err(Fault::Unavailable(_))), "{refused:?}");
        assert_eq!(marks(&vault).await, Vec::<i64>::new());
    });
}

#[test]
fn a_read_sees_one_moment() {
    on_both(|vault| async move {
        let (first, seen_first) = mpsc::channel();
        let (go, wait) = mpsc::channel::<()>();
        let reading = tokio::spawn({
            let vault = vault.clone();
            async move {
                vault
                    .read(move |tx| {
                        let before = numbers(tx, "SELECT count(*) AS number FROM mark")?;
                        first.send(()).unwrap();
                        wait.recv().unwrap();
                        Ok::<_, Fault>((before, numbers(tx, "SELECT count(*) AS number FROM mark")?))
                    })
                    .await
            }
        });
        yield_now().await;
        tokio::task::spawn_blocking(move || seen_first.recv().unwrap()).await.unwrap();
        vault.write(|tx| mark(tx, 1)).await.unwrap();
        go.send(()).unwrap();
        assert_eq!(reading.await.unwrap().unwrap(), (vec![0], vec![0]));
        assert_eq!(marks(&vault).await, [1]);
    });
}

#[test]
fn a_panic_in_a_read_harms_no_other() {
    on_both(|vault| async move {
        for _ in 0..10 {
            let panicked = vault.read(|_| -> Result<(), Fault> { panic!("on purpose") }).await;
            assert!(matches!(panicked, Err(Fault::Panicked)));
        }
        assert_eq!(marks(&vault).await, Vec::<i64>::new());
        vault.check().await.unwrap();
    });
}

#[test]
fn a_panic_in_a_write_harms_no_other() {
    on_both(|vault| async move {
        for number in 0..10 {
            let panicked =
                vault.write(move |tx| -> Result<(), Fault> { panic!("on purpose, {:?}", mark(tx, number)) }).await;
            assert!(matches!(panicked, Err(Fault::Panicked)));
        }
        vault.write(|tx| mark(tx, 100)).await.unwrap();
        assert_eq!(marks(&vault).await, [100]);
    });
}

#[tokio::test]
async fn every_reader_has_its_settings() {
    let ground = Ground::new();
    let vault = ground.open();
    let (arrive, arrived) = mpsc::channel();
    let mut reads = Vec::new();
    let barrier = std::sync::Arc::new(std::sync::Barrier::new(4));
    // All four at once, so that each has a connection of its own.
    for _ in 0..4 {
        let (vault, barrier, arrive) = (vault.clone(), std::sync::Arc::clone(&barrier), arrive.clone());
        reads.push(tokio::spawn(async move {
            vault
                .read(move |tx| {
                    barrier.wait();
                    arrive.send(()).unwrap();
                    numbers(
                        tx,
                        "SELECT query_only AS number FROM pragma_query_only UNION ALL SELECT synchronous FROM pragma_synchronous \
                         UNION ALL SELECT secure_delete FROM pragma_secure_delete UNION ALL SELECT foreign_keys FROM pragma_foreign_keys \
                         UNION ALL SELECT cache_size FROM pragma_cache_size",
                    )
                })
                .await
        }));
    }
    for read in reads {
        assert_eq!(read.await.unwrap().unwrap(), [1, 2, 1, 1, -16 * 1024]);
    }
    assert_eq!(arrived.try_iter().count(), 4);
}
