{{/* Settings of one service as environment variables, named after the configuration keys. Context: dict root, settings. */}}
{{- define "millrace.config" -}}
{{- $values := .root.Values -}}
{{- $jwt := include "millrace.jwt" .root | fromYaml -}}
JAVA_TOOL_OPTIONS: {{ $values.javaOptions | quote }}
KAFKA_BOOTSTRAP_SERVERS: {{ include "millrace.bootstrapServers" .root | quote }}
{{- range $name, $value := include "millrace.kafkaProperties" .root | fromYaml }}
KAFKA_{{ regexReplaceAll "[^A-Z0-9]" (upper $name) "_" }}: {{ ternary (int64 $value) $value (kindIs "float64" $value) | quote }}
{{- end }}
MILLRACE_TOPIC_NAME: {{ .settings.topic.name | quote }}
MILLRACE_TOPIC_MAX_EVENT_SIZE: {{ int $values.topic.maxEventSizeBytes | quote }}
MILLRACE_HEARTBEAT: {{ printf "%ds" (int $values.heartbeatSeconds) }}
MILLRACE_TAIL_MAX_BYTES: {{ int $values.tail.maxBytes | quote }}
MILLRACE_TAIL_MAX_AGE: {{ printf "%ds" (int $values.tail.maxAgeSeconds) }}
MILLRACE_TAIL_WARM_START: {{ printf "%ds" (int $values.tail.warmStartSeconds) }}
MILLRACE_REPLAY_READERS: {{ int $values.replay.readers | quote }}
MILLRACE_REPLAY_MAX_RECORDS: {{ int64 $values.replay.maxRecords | quote }}
MILLRACE_REPLAY_WINDOW_BYTES: {{ int $values.replay.windowBytes | quote }}
MILLRACE_RUNS_MAX_KNOWN: {{ int $values.runs.maxKnown | quote }}
MILLRACE_RUNS_FORGET_AFTER: {{ printf "%ds" (int $values.runs.forgetAfterSeconds) }}
MILLRACE_RUNS_LOOK_BACK: {{ printf "%ds" (int $values.runs.lookBackSeconds) }}
MILLRACE_CONTROL_ENABLED: {{ $values.control.enabled | quote }}
MILLRACE_CONTROL_TOPIC: {{ $values.control.topic | quote }}
MILLRACE_CONTROL_MAX_TOKEN_LIFETIME: {{ printf "%ds" (int $values.control.maxTokenLifetimeSeconds) }}
MILLRACE_PROBE_ENABLED: {{ $values.probe.enabled | quote }}
MILLRACE_DLQ_ENABLED: {{ $values.dlq.enabled | quote }}
MILLRACE_PUBLISH_ENABLED: {{ $values.publish.enabled | quote }}
MILLRACE_PUBLISH_ROLE: {{ $values.publish.role | quote }}
MILLRACE_CONNECTION_MAX_AGE: {{ printf "%ds" (int $values.connection.maxAgeSeconds) }}
MILLRACE_CONNECTION_SEND_BUFFER: {{ int $values.connection.sendBufferBytes | quote }}
MILLRACE_CONNECTION_IDLE: {{ printf "%ds" (int $values.connection.idleSeconds) }}
MILLRACE_CONNECTION_MAX_STALL: {{ printf "%ds" (int $values.connection.maxStallSeconds) }}
MILLRACE_CONNECTION_TCP_USER_TIMEOUT: {{ printf "%ds" (int $values.connection.tcpUserTimeoutSeconds) }}
MILLRACE_LIMITS_MAX_STREAMS: {{ int $values.limits.maxStreams | quote }}
MILLRACE_LIMITS_MAX_STREAMS_PER_CALLER: {{ int $values.limits.maxStreamsPerCaller | quote }}
MILLRACE_LIMITS_PER_CALLER_MODE: {{ $values.limits.perCallerMode }}
MILLRACE_LIMITS_MAX_STREAMS_PER_ADDRESS: {{ int $values.limits.maxStreamsPerAddress | quote }}
MILLRACE_LIMITS_MAX_AUTHENTICATING: {{ int $values.limits.maxAuthenticating | quote }}
MILLRACE_LIMITS_OVERLOAD_RESPONSE: {{ int $values.limits.overloadResponse | quote }}
MP_JWT_VERIFY_PUBLICKEY_LOCATION: {{ $jwt.location | quote }}
{{- /* The service knows EdDSA by the name of its constant. */}}
MP_JWT_VERIFY_PUBLICKEY_ALGORITHM: {{ upper $jwt.algorithm }}
MP_JWT_VERIFY_ISSUER: {{ $jwt.issuer | quote }}
MP_JWT_VERIFY_AUDIENCES: {{ join "," $jwt.audiences | quote }}
MP_JWT_TOKEN_COOKIE: {{ $values.jwt.cookie | quote }}
{{- with $values.cors.origins }}
QUARKUS_HTTP_CORS_ENABLED: "true"
QUARKUS_HTTP_CORS_ORIGINS: {{ join "," . | quote }}
{{- end }}
{{- if $values.tracing.enabled }}
QUARKUS_OTEL_SDK_DISABLED: "false"
QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT: {{ $values.tracing.endpoint | quote }}
QUARKUS_OTEL_TRACES_SAMPLER_ARG: {{ $values.tracing.samplingRatio | quote }}
{{- end }}
{{- if $values.logs.json }}
QUARKUS_LOG_CONSOLE_JSON_ENABLED: "true"
{{- end }}
QUARKUS_HTTP_PORT: "8080"
QUARKUS_MANAGEMENT_PORT: "9000"
QUARKUS_SHUTDOWN_DELAY: {{ printf "%ds" (int $values.drain.windowSeconds) }}
{{- end -}}


{{/* Whose tokens are accepted: those of the values, or of the key pair of a trial. */}}
{{- define "millrace.jwt" -}}
{{- if .Values.auth.trial.enabled -}}
location: file:/etc/millrace/jwt/public-key
algorithm: EdDSA
# What `millrace token` writes.
issuer: millrace-dev
audiences: [millrace]
{{- else -}}
location: {{ .Values.jwt.jwksUrl | default "file:/etc/millrace/jwt/public-key" | quote }}
algorithm: {{ .Values.jwt.algorithm }}
issuer: {{ .Values.jwt.issuer | quote }}
audiences: {{ toJson .Values.jwt.audiences }}
{{- end -}}
{{- end -}}
