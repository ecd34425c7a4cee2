package io.millrace.cli.conformance.deployment;

import java.util.List;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** What a token says of its holder. It is read, not verified: that is the deployment's part. */
public record Identity(String subject, List<String> roles, List<String> conversations) {

  private static final String PUBLISHER = "publisher";

  private static final JwtConsumer READER =
      new JwtConsumerBuilder()
          .setSkipAllValidators()
          .setDisableRequireSignature()
          .setSkipSignatureVerification()
          .build();

  public Identity {
    roles = List.copyOf(roles);
    conversations = List.copyOf(conversations);
  }

  /**
   * @throws IllegalArgumentException when it is not a JWT with a subject
   */
  public static Identity in(String token) {
    try {
      JwtClaims claims = READER.processToClaims(token);
      String subject = claims.getSubject();
      if (subject == null || subject.isEmpty()) {
        throw new IllegalArgumentException("the token has no claim sub");
      }
      return new Identity(subject, texts(claims, "groups"), texts(claims, "conversations"));
    } catch (InvalidJwtException | MalformedClaimException e) {
      throw new IllegalArgumentException("the token is not a JWT that can be read", e);
    }
  }

  private static List<String> texts(JwtClaims claims, String name) throws MalformedClaimException {
    return claims.isClaimValueStringList(name) ? claims.getStringListClaimValue(name) : List.of();
  }

  /** Whether its holder may publish over HTTP. */
  public boolean isPublisher() {
    return roles.contains(PUBLISHER);
  }

  /**
   * The key of events this holder sees.
   *
   * @param conversation the conversation to use instead of the first one of the token
   * @throws IllegalArgumentException when there is none
   */
  public String key(Surface surface, Optional<String> conversation) {
    return switch (surface) {
      case NOTIFICATIONS -> "user:" + subject;
      case AI ->
          conversation
              .or(() -> conversations.stream().findFirst())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the token has no claim conversations; name one with --conversation"));
    };
  }
}
