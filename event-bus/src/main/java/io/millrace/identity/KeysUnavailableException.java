package io.millrace.identity;

/** A token can't be verified for now: nobody knows whether it is good. */
public final class KeysUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public KeysUnavailableException() {
    super("the keys of the issuer are not to be had", null, false, false);
  }
}
