{{- define "millrace.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Prefix of every name. Cut at 40 characters: "-notifications" must fit into a label's 63. */}}
{{- define "millrace.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "millrace.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "millrace.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The two services: their key in the values, their component name, the one path each owns, what NOTES asks for. */}}
{{- define "millrace.services" -}}
- key: notifications
  component: notifications
  path: /api/notifications
  example: /api/notifications
- key: aiEvents
  component: ai-events
  path: /api/ai/events
  example: /api/ai/events?conversationId=c1
{{- end -}}

{{/* Labels that never change in the life of a release. Context: dict root, component. */}}
{{- define "millrace.selectorLabels" -}}
app.kubernetes.io/name: {{ include "millrace.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{- define "millrace.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{ include "millrace.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: millrace
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end -}}

{{/* Registry, repository and tag. Context: dict root, settings. */}}
{{- define "millrace.image" -}}
{{- $tag := .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- with .root.Values.image.registry }}{{ . }}/{{ end }}{{ .settings.image.repository }}:{{ $tag }}
{{- end -}}

{{/* The drain window, then 15 s for the rest of the shutdown: Kafka clients, connections, the JVM. */}}
{{- define "millrace.terminationGracePeriodSeconds" -}}
{{- add (int .Values.drain.windowSeconds) 15 -}}
{{- end -}}

{{/* What a schema can't say: required values and numbers that depend on one another. */}}
{{- define "millrace.checkValues" -}}
{{- $_ := required "kafka.bootstrapServers is required: the brokers, host:port[,host:port...]" .Values.kafka.bootstrapServers -}}
{{- if not (or .Values.jwt.jwksUrl .Values.jwt.publicKey) -}}
{{- fail "jwt.jwksUrl or jwt.publicKey is required: no stream is opened without a verified token" -}}
{{- end -}}
{{- if and .Values.jwt.jwksUrl .Values.jwt.publicKey -}}
{{- fail "jwt.jwksUrl and jwt.publicKey exclude one another: set one" -}}
{{- end -}}
{{- $_ := required "jwt.issuer is required: the iss a token must carry" .Values.jwt.issuer -}}
{{- if not .Values.jwt.audiences -}}
{{- fail "jwt.audiences is required: at least one aud a token may carry" -}}
{{- end -}}
{{- if and .Values.connection.tcpUserTimeoutSeconds (le (int .Values.connection.tcpUserTimeoutSeconds) (int .Values.connection.maxStallSeconds)) -}}
{{- fail (printf "connection.tcpUserTimeoutSeconds (%d) must be longer than connection.maxStallSeconds (%d): a client that reads nothing is to be told before its connection is cut" (int .Values.connection.tcpUserTimeoutSeconds) (int .Values.connection.maxStallSeconds)) -}}
{{- end -}}
{{- if .Values.ingress.enabled -}}
{{- $_ := required "ingress.host is required when ingress.enabled: the host name of the two paths" .Values.ingress.host -}}
{{- if lt (int .Values.ingress.timeoutSeconds) (mul 3 (int .Values.heartbeatSeconds)) -}}
{{- fail (printf "ingress.timeoutSeconds (%d) must be at least three times heartbeatSeconds (%d): two lost heartbeats must not cut a stream" (int .Values.ingress.timeoutSeconds) (int .Values.heartbeatSeconds)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
