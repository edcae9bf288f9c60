use tracing_subscriber::layer::SubscriberExt as _;

use super::*;

fn left(count: u64) -> HeaderMap {
    HeaderMap::from_iter([("ratelimit-remaining".parse().unwrap(), count.into())])
}

async fn permit(pacer: &Pacer, family: String) -> Permit {
    pacer.permit(family, true).await.expect("one that may wait gets it in the end")
}

async fn waits(pacer: &Pacer) -> bool {
    let permit = permit(pacer, "groups/p/streams".to_owned());
    tokio::time::timeout(Duration::from_millis(20), permit).await.is_err()
}

#[tokio::test]
async fn what_is_left_is_shared_with_what_is_in_flight() {
    let pacer = Pacer::new(Duration::from_millis(100));
    let first = permit(&pacer, "groups/p/streams".to_owned()).await;
    first.note(&left(2));
    drop(first);
    let _one = permit(&pacer, "groups/p/streams".to_owned()).await;
    let two = permit(&pacer, "groups/p/streams".to_owned()).await;
    assert!(waits(&pacer).await);
    permit(&pacer, "groups/q/streams".to_owned()).await;
    drop(two);
    assert!(!waits(&pacer).await);
}

#[tokio::test]
async fn the_window_ends() {
    let pacer = Pacer::new(Duration::from_millis(100));
    permit(&pacer, "groups/p/streams".to_owned()).await.note(&left(0));
    assert!(waits(&pacer).await);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!waits(&pacer).await);
}

#[tokio::test]
async fn overtaken_answers_count_down_and_a_jump_is_a_new_window() {
    let pacer = Pacer::new(Duration::from_secs(60));
    let one = permit(&pacer, "groups/p/streams".to_owned()).await;
    let two = permit(&pacer, "groups/p/streams".to_owned()).await;
    two.note(&left(8));
    one.note(&left(9));
    assert_eq!(lock(&one.family.state).budget.as_ref().unwrap().left, 8);
    one.note(&left(100));
    assert_eq!(lock(&one.family.state).budget.as_ref().unwrap().left, 100);
}

/// A server that counts requests a minute, all clients together.
struct Server {
    limit: usize,
    sliding: bool,
    began: Instant,
    seen: std::collections::VecDeque<Instant>,
    refused: usize,
}

impl Server {
    fn new(limit: usize, sliding: bool) -> Arc<Mutex<Server>> {
        let seen = std::collections::VecDeque::new();
        Arc::new(Mutex::new(Server { limit, sliding, began: Instant::now(), seen, refused: 0 }))
    }

    fn answer(&mut self) -> u64 {
        let (now, minute) = (Instant::now(), Duration::from_secs(60));
        if self.sliding {
            while self.seen.front().is_some_and(|first| now - *first >= minute) {
                self.seen.pop_front();
            }
        } else if now - self.began >= minute {
            self.began = now;
            self.seen.clear();
        }
        if self.seen.len() >= self.limit {
            self.refused += 1;
        }
        self.seen.push_back(now);
        self.limit.saturating_sub(self.seen.len()) as u64
    }
}

/// A process that has `requests` to make, eight at once; each takes up to 40 ms to get there and
/// as long to come back.
async fn process(server: Arc<Mutex<Server>>, requests: usize) {
    use futures_util::StreamExt;
    let pacer = &Pacer::new(Duration::from_secs(60));
    let one = |number: usize| {
        let server = server.clone();
        async move {
            let permit = permit(pacer, "groups/p/databaseUsers".to_owned()).await;
            tokio::time::sleep(Duration::from_millis(1 + number as u64 * 7 % 40)).await;
            let remaining = lock(&server).answer();
            tokio::time::sleep(Duration::from_millis(1 + number as u64 * 11 % 40)).await;
            permit.note(&left(remaining));
        }
    };
    futures_util::stream::iter(0..requests).map(one).buffer_unordered(8).collect::<()>().await;
}

#[tokio::test(start_paused = true)]
async fn no_limit_is_run_into_by_one_process_or_by_several() {
    for (limit, sliding, processes) in [
        (1200, false, 1),
        (1200, true, 1),
        (1200, false, 2),
        (1200, true, 2),
        (1200, false, 3),
        (1200, true, 3),
        (300, false, 2),
        (300, true, 2),
    ] {
        let (server, start) = (Server::new(limit, sliding), Instant::now());
        let all = (0..processes).map(|_| process(server.clone(), 1000));
        futures_util::future::join_all(all).await;
        let (refused, took) = (lock(&server).refused, start.elapsed());
        let case = format!("{processes} processes, limit {limit}, sliding {sliding}: {took:?}");
        assert_eq!(refused, 0, "{case}");
        // What is left unused of each minute must not make the whole take twice as long.
        let minutes = (1000 * processes / limit) as u64;
        assert!(took <= Duration::from_secs(60 * (2 * minutes + 1)), "{case}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_wait_is_said_once() {
    let (pacer, said) = (Pacer::new(Duration::from_secs(60)), Said::default());
    permit(&pacer, "groups/p/streams".to_owned()).await.note(&left(0));
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(said.clone()));
    let waits = || permit(&pacer, "groups/p/streams".to_owned());
    let after = |seconds| {
        tokio::time::timeout(Duration::from_secs(seconds), async {
            tokio::join!(waits(), waits(), waits());
        })
    };
    assert!(after(1).await.is_err());
    assert_eq!(*said.0.lock().unwrap(), 0, "a short wait is not worth a word");
    assert!(after(30).await.is_err());
    assert_eq!(*said.0.lock().unwrap(), 1);
    drop(guard);
}

/// Counts warnings.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<usize>>);

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Said {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        *self.0.lock().unwrap() += usize::from(*event.metadata().level() == tracing::Level::WARN);
    }
}
