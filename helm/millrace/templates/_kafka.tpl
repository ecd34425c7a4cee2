{{/* Where the brokers are: named, or known from where they come from. */}}
{{- define "millrace.bootstrapServers" -}}
{{- $strimzi := .Values.kafka.strimzi -}}
{{- if .Values.kafka.bootstrapServers -}}
{{- .Values.kafka.bootstrapServers -}}
{{- else if .Values.kafka.trial.enabled -}}
{{- include "millrace.fullname" . }}-kafka:9092
{{- else if $strimzi.enabled -}}
{{- printf "%s-kafka-bootstrap.%s.svc:9093" $strimzi.cluster (include "millrace.strimziNamespace" .) -}}
{{- end -}}
{{- end -}}

{{- define "millrace.strimziNamespace" -}}
{{- .Values.kafka.strimzi.namespace | default .Release.Namespace -}}
{{- end -}}

{{/* The Secret with the certificates of the brokers; empty without TLS. */}}
{{- define "millrace.kafkaCaSecret" -}}
{{- if .Values.kafka.tls.caSecret -}}
{{- .Values.kafka.tls.caSecret -}}
{{- else if .Values.kafka.strimzi.enabled -}}
{{- .Values.kafka.strimzi.cluster }}-cluster-ca-cert
{{- end -}}
{{- end -}}

{{/* What the chart itself says to the Kafka client; kafka.properties come after it. Context: root. */}}
{{- define "millrace.kafkaProperties" -}}
{{- $properties := dict -}}
{{- $strimzi := .Values.kafka.strimzi -}}
{{- if include "millrace.kafkaCaSecret" . -}}
{{- $_ := set $properties "security.protocol" "SSL" -}}
{{- $_ := set $properties "ssl.truststore.type" "PEM" -}}
{{- $_ := set $properties "ssl.truststore.location" "/etc/millrace/kafka/ca.crt" -}}
{{- end -}}
{{- if or .Values.kafka.tls.userSecret (and $strimzi.enabled (eq $strimzi.authentication "tls")) -}}
{{- $_ := set $properties "security.protocol" "SSL" -}}
{{- $_ := set $properties "ssl.keystore.type" "PEM" -}}
{{- end -}}
{{- if and $strimzi.enabled (eq $strimzi.authentication "scram-sha-512") -}}
{{- $_ := set $properties "security.protocol" "SASL_SSL" -}}
{{- $_ := set $properties "sasl.mechanism" "SCRAM-SHA-512" -}}
{{- end -}}
{{- range $name, $value := .Values.kafka.properties -}}
{{- $_ := set $properties $name (ternary (int64 $value) $value (kindIs "float64" $value)) -}}
{{- end -}}
{{- toYaml $properties -}}
{{- end -}}

{{/* What of the Kafka client's settings is secret, as a container's env. Context: dict root, component. */}}
{{- define "millrace.kafkaEnv" -}}
{{- $tls := .root.Values.kafka.tls -}}
{{- $strimzi := .root.Values.kafka.strimzi -}}
{{- $user := $tls.userSecret -}}
{{- $certificate := $tls.certificateKey -}}
{{- $key := $tls.privateKeyKey -}}
{{- if $strimzi.enabled -}}
{{- $user = printf "%s-%s" (include "millrace.fullname" .root) .component -}}
{{- $certificate = "user.crt" -}}
{{- $key = "user.key" -}}
{{- end -}}
{{- if and $strimzi.enabled (eq $strimzi.authentication "scram-sha-512") }}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ $user }}
      key: sasl.jaas.config
{{- else if $user }}
- name: KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN
  valueFrom:
    secretKeyRef:
      name: {{ $user }}
      key: {{ $certificate }}
- name: KAFKA_SSL_KEYSTORE_KEY
  valueFrom:
    secretKeyRef:
      name: {{ $user }}
      key: {{ $key }}
{{- end }}
{{- end -}}
