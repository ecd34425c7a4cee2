package io.millrace.admission;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What one request counts for, from its arrival to the end of its response. The event loop of its
 * connection, except where a method says otherwise.
 */
public final class Place {

  private static final Runnable NOT_YET_OPEN = () -> {};
  private static final Runnable REPLACED = () -> {};

  private final Admission admission;
  private final AtomicBoolean authenticating = new AtomicBoolean();
  private final AtomicReference<Runnable> end = new AtomicReference<>(NOT_YET_OPEN);

  private Optional<String> address = Optional.empty();
  private Optional<String> caller = Optional.empty();
  private boolean counted;
  private boolean left;

  Place(Admission admission) {
    this.admission = admission;
  }

  /**
   * Asks to come in, before anything is spent on the request; what is granted is held until {@link
   * #leave}.
   *
   * @param from address of the client, if it has one
   */
  public Optional<Limit> enter(Optional<String> from) {
    if (admission.isDraining()) {
      return Optional.of(Limit.DRAINING);
    }
    if (!admission.count()) {
      return Optional.of(Limit.MAX_STREAMS);
    }
    counted = true;
    if (from.isPresent() && admission.addresses().isLimited()) {
      if (!admission.addresses().add(from.get(), this)) {
        return Optional.of(Limit.MAX_STREAMS_PER_ADDRESS);
      }
      address = from;
    }
    if (!admission.startAuthenticating()) {
      return Optional.of(Limit.MAX_AUTHENTICATING);
    }
    authenticating.set(true);
    return Optional.empty();
  }

  /** Its token was looked at, whatever came of it. Any thread; a second time does nothing. */
  public void authenticated() {
    if (authenticating.compareAndSet(true, false)) {
      admission.endAuthenticating();
    }
  }

  /** Asks for a stream in the name of its caller. */
  public Optional<Limit> claim(String subject) {
    if (left || !admission.callers().isLimited()) {
      return Optional.empty();
    }
    if (admission.endsOldest()) {
      admission.callers().addReplacingOldest(subject, this).ifPresent(Place::replace);
    } else if (!admission.callers().add(subject, this)) {
      return Optional.of(Limit.MAX_STREAMS_PER_CALLER);
    }
    caller = Optional.of(subject);
    return Optional.empty();
  }

  /** Another stream of its caller takes its place. Any thread. */
  private void replace() {
    end.getAndSet(REPLACED).run();
  }

  /**
   * The stream is open.
   *
   * @param ending ends it because another takes its place; called at most once, on any thread
   */
  public void opened(Runnable ending) {
    if (!end.compareAndSet(NOT_YET_OPEN, ending)) {
      ending.run();
    }
  }

  /** Whether the request is over: nothing may be opened for it any more. */
  public boolean hasLeft() {
    return left;
  }

  /** The response is over, or its client gone; a second time does nothing. */
  public void leave() {
    if (left) {
      return;
    }
    left = true;
    caller.ifPresent(subject -> admission.callers().remove(subject, this));
    address.ifPresent(from -> admission.addresses().remove(from, this));
    if (counted) {
      admission.uncount();
    }
  }
}
