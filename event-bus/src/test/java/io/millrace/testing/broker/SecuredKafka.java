package io.millrace.testing.broker;

import io.millrace.kafka.embedded.EmbeddedKafka;
import io.millrace.kafka.embedded.LoopbackPort;
import io.millrace.testing.TestToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that lets nobody in unknown, and lets nobody do anything that was not allowed: one
 * listener for each way to say who one is, and an authorizer that denies by default. The plain
 * listener is the operator's.
 */
public final class SecuredKafka implements AutoCloseable {

  /** Who comes with a certificate, or with a token for this client id. */
  public static final String READER = "reader";

  public static final String SECRET = "the secret of the client";

  private static final String SCRAM_MODULE =
      "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final String OAUTH_MODULE =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
  private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.";

  private static final int SCRAM_ITERATIONS = 4096;

  private final int plain = LoopbackPort.free();
  private final int controller = LoopbackPort.free();
  private final int scram = LoopbackPort.free();
  private final int scramOverTls = LoopbackPort.free();
  private final int oauth = LoopbackPort.free();
  private final int mutualTls = LoopbackPort.free();

  private final BrokerCertificates certificates = new BrokerCertificates(READER);
  private final TokenIssuer issuer = new TokenIssuer(SECRET);
  private final EmbeddedKafka broker;
  private final Admin admin;

  public SecuredKafka() {
    Map<String, String> settings = new HashMap<>(listeners());
    settings.putAll(certificates.ofBroker());
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
    settings.put("connections.max.reauth.ms", "3600000");
    broker =
        EmbeddedKafka.start(
            EmbeddedKafka.Options.defaults().withPort(plain).withSettings(settings));
    admin = Admin.create(operator());
  }

  private Map<String, String> listeners() {
    Map<String, String> settings = new HashMap<>();
    String forClients =
        String.join(
            ",",
            listener("PLAINTEXT", plain),
            listener("SCRAM", scram),
            listener("SCRAMTLS", scramOverTls),
            listener("OAUTH", oauth),
            listener("MTLS", mutualTls));
    settings.put("listeners", forClients + "," + listener("CONTROLLER", controller));
    settings.put("advertised.listeners", forClients);
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SCRAM:SASL_PLAINTEXT,SCRAMTLS:SASL_SSL,"
            + "OAUTH:SASL_PLAINTEXT,MTLS:SSL");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    for (String name : List.of("scram", "scramtls")) {
      settings.put("listener.name." + name + ".sasl.enabled.mechanisms", "SCRAM-SHA-512");
      settings.put(
          "listener.name." + name + ".scram-sha-512.sasl.jaas.config", SCRAM_MODULE + " required;");
    }
    settings.put("listener.name.mtls.ssl.client.auth", "required");
    settings.put("listener.name.oauth.sasl.enabled.mechanisms", "OAUTHBEARER");
    String bearer = "listener.name.oauth.oauthbearer.sasl.";
    settings.put(bearer + "jaas.config", OAUTH_MODULE + " required;");
    settings.put(
        bearer + "server.callback.handler.class", OAUTH + "OAuthBearerValidatorCallbackHandler");
    settings.put(bearer + "oauthbearer.jwks.endpoint.url", issuer.keysUrl());
    settings.put(bearer + "oauthbearer.expected.issuer", TestToken.ISSUER);
    settings.put(bearer + "oauthbearer.expected.audience", TestToken.AUDIENCE);
    return settings;
  }

  private static String listener(String name, int port) {
    return name + "://" + address(port);
  }

  private static String address(int port) {
    return "127.0.0.1:" + port;
  }

  /** Client settings of one who may do everything. */
  public Map<String, Object> operator() {
    return Map.of("bootstrap.servers", address(plain));
  }

  public Map<String, Object> scram(String user, String password) {
    return Map.of(
        "bootstrap.servers",
        address(scram),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        SCRAM_MODULE + " required username=\"" + user + "\" password=\"" + password + "\";");
  }

  /** As {@link #scram}, to a broker whose certificate the client trusts. */
  public Map<String, Object> scramOverTls(String user, String password) {
    Map<String, Object> client = new HashMap<>(scram(user, password));
    client.putAll(certificates.trust());
    client.put("bootstrap.servers", address(scramOverTls));
    client.put("security.protocol", "SASL_SSL");
    return client;
  }

  /** A client that is {@link #READER} by its certificate. */
  public Map<String, Object> mutualTls() {
    Map<String, Object> client = new HashMap<>(certificates.trust());
    client.putAll(certificates.ofClient());
    client.put("bootstrap.servers", address(mutualTls));
    client.put("security.protocol", "SSL");
    return client;
  }

  /** A client that is {@link #READER} by a token it fetches with this secret. */
  public Map<String, Object> oauth(String secret) {
    return Map.of(
        "bootstrap.servers",
        address(oauth),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "OAUTHBEARER",
        "sasl.login.callback.handler.class",
        OAUTH + "OAuthBearerLoginCallbackHandler",
        "sasl.oauthbearer.token.endpoint.url",
        issuer.tokenUrl(),
        "sasl.jaas.config",
        OAUTH_MODULE + " required clientId=\"" + READER + "\" clientSecret=\"" + secret + "\";");
  }

  public TokenIssuer issuer() {
    return issuer;
  }

  public EmbeddedKafka broker() {
    return broker;
  }

  public void setPassword(String user, String password) {
    ScramCredentialInfo scram512 =
        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS);
    Answers.of(
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialUpsertion(user, scram512, password)))
            .all());
  }

  public void removePassword(String user) {
    Answers.of(
        admin
            .alterUserScramCredentials(
                List.of(new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_512)))
            .all());
  }

  public void allow(String user, String topic, AclOperation operation) {
    Answers.of(admin.createAcls(List.of(acl(user, topic, operation))).all());
  }

  public void disallow(String user, String topic, AclOperation operation) {
    Answers.of(admin.deleteAcls(List.of(acl(user, topic, operation).toFilter())).all());
  }

  private static AclBinding acl(String user, String topic, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
    issuer.close();
  }
}
