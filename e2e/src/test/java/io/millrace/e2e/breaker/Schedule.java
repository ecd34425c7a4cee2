package io.millrace.e2e.breaker;

import io.millrace.e2e.breaker.Step.Forgery;
import io.millrace.e2e.breaker.oracle.Topic.Burst;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens to the system and its clients in one round, made from a seed: the same seed makes
 * the same steps. What costs a JVM or a broker start is rationed, so that fifty schedules fit into
 * minutes.
 *
 * @param seed what it was made from
 * @param clients number of clients
 * @param steps in the order they happen
 */
record Schedule(long seed, int clients, List<Step> steps) {

  static final int REPLICAS = 3;

  /** A schedule has one of each with this probability. */
  private static final double DEATH = 0.25;

  private static final double BROKER_OUTAGE = 0.08;
  private static final double GROWTH = 0.12;
  private static final double RETENTION = 0.2;
  private static final double PAUSE = 0.35;
  private static final double REVOCATION = 0.2;
  private static final double TRANSACTION = 0.3;

  static Schedule of(long seed) {
    Random random = new Random(seed);
    Generator generator = new Generator(random, 4 + random.nextInt(4));
    return new Schedule(seed, generator.clients, List.copyOf(generator.steps()));
  }

  private static final class Generator {

    private final Random random;
    private final int clients;

    Generator(Random random, int clients) {
      this.random = random;
      this.clients = clients;
    }

    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      int length = 16 + random.nextInt(24);
      for (int i = 0; i < length; i++) {
        steps.add(i % 3 == 0 ? new Step.Publish(burst()) : ofAClient());
        if (random.nextInt(3) == 0) {
          steps.add(new Step.Wait(1 + random.nextInt(60)));
        }
      }
      disturb(steps);
      for (int client = 0; client < clients; client++) {
        steps.add(client, new Step.Hop(client, replica()));
      }
      steps.add(new Step.Publish(burst()));
      return steps;
    }

    private void disturb(List<Step> steps) {
      if (random.nextDouble() < DEATH) {
        insert(
            steps, random.nextBoolean() ? new Step.Kill(replica()) : new Step.Terminate(replica()));
      }
      if (random.nextDouble() < BROKER_OUTAGE) {
        insert(steps, new Step.RestartBroker(random.nextInt(1_500)));
      }
      if (random.nextDouble() < GROWTH) {
        insert(steps, new Step.AddPartition());
      }
      if (random.nextDouble() < RETENTION) {
        insert(steps, new Step.Retention(random.nextDouble()));
      }
      if (random.nextDouble() < REVOCATION) {
        insert(steps, new Step.Revoke(random.nextInt(clients)));
      }
      if (random.nextDouble() < TRANSACTION) {
        insert(steps, new Step.Transact(burst(), random.nextBoolean()));
      }
      if (random.nextDouble() < PAUSE) {
        int replica = replica();
        int at = random.nextInt(steps.size());
        steps.add(at, new Step.Pause(replica));
        steps.add(Math.min(steps.size(), at + 2 + random.nextInt(8)), new Step.Resume(replica));
      }
    }

    private void insert(List<Step> steps, Step step) {
      steps.add(random.nextInt(steps.size()), step);
    }

    private Burst burst() {
      return new Burst(random.nextLong(), 1 + random.nextInt(random.nextInt(4) == 0 ? 900 : 90));
    }

    private Step ofAClient() {
      int client = random.nextInt(clients);
      int dice = random.nextInt(100);
      if (dice < 35) {
        return new Step.Hop(client, replica());
      } else if (dice < 55) {
        return new Step.Rewind(client, replica(), random.nextDouble());
      } else if (dice < 67) {
        return new Step.Stall(client);
      } else if (dice < 77) {
        return new Step.Read(client);
      } else if (dice < 87) {
        return new Step.Vanish(client);
      } else if (dice < 93) {
        return new Step.Narrow(client, replica(), random.nextInt(8));
      } else if (dice < 96) {
        return new Step.Ancient(client, replica(), 1 + random.nextInt(400));
      }
      Forgery[] forgeries = Forgery.values();
      return new Step.Forge(client, replica(), forgeries[random.nextInt(forgeries.length)]);
    }

    private int replica() {
      return random.nextInt(REPLICAS);
    }
  }
}
