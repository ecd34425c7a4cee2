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

{{/* The two services: their key in the values, their component name, the one path each owns, what NOTES asks for and publishes. */}}
{{- define "millrace.services" -}}
- key: notifications
  component: notifications
  path: /api/notifications
  example: /api/notifications
  exampleKey: user:alice
  exampleValue: '{"title":"hello"}'
- key: aiEvents
  component: ai-events
  path: /api/ai/events
  example: /api/ai/events?conversationId=c1
  exampleKey: c1
  exampleValue: '{"delta":"hello"}'
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

{{/* Where `helm test` finds the ingress or gateway; empty without one. */}}
{{- define "millrace.testUrl" -}}
{{- if .Values.tests.ingressUrl -}}
{{- .Values.tests.ingressUrl | trimSuffix "/" -}}
{{- else if .Values.ingress.enabled -}}
http{{ if .Values.ingress.tls.secretName }}s{{ end }}://{{ .Values.ingress.host }}
{{- else if .Values.gateway.enabled -}}
http://{{ .Values.gateway.host }}
{{- end -}}
{{- end -}}
