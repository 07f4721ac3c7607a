use tests::by_hand::{BatchJob, JobType};

fn main() {
    drop(BatchJob::new("cfg-1", 5));
    drop(JobType::ParseV2);
}
