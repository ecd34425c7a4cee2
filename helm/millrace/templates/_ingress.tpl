{{/* Name of a service's resources. Context: dict root, component. */}}
{{- define "millrace.serviceName" -}}
{{ include "millrace.fullname" .root }}-{{ .component }}
{{- end -}}

{{/*
The preset of the chosen controller or implementation, with the chart's numbers put in: files/presets.yaml.
Context: dict root, kind ("ingress" or "gateway").
*/}}
{{- define "millrace.preset" -}}
{{- $settings := index .root.Values .kind -}}
{{- $id := ternary $settings.controller $settings.implementation (eq .kind "ingress") -}}
{{- $text := .root.Files.Get "files/presets.yaml"
  | replace "<timeoutSeconds>" (int $settings.timeoutSeconds | toString)
  | replace "<connectTimeoutSeconds>" (int $settings.connectTimeoutSeconds | toString)
  | replace "<drainSeconds>" (int .root.Values.drain.windowSeconds | toString)
  | replace "<name>" (include "millrace.fullname" .root)
  | replace "<namespace>" .root.Release.Namespace -}}
{{- index (fromYaml $text) .kind $id | toYaml -}}
{{- end -}}

{{/* What a controller reads on a Service. Context: dict root, component. */}}
{{- define "millrace.serviceAnnotations" -}}
{{- if .root.Values.ingress.enabled -}}
{{- $preset := include "millrace.preset" (dict "root" .root "kind" "ingress") | fromYaml -}}
{{- with $preset.serviceAnnotations -}}
{{- toYaml . | replace "<service>" (include "millrace.serviceName" $) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Resources of a preset beside its Ingress or route, each a document. Context: dict root, kind. */}}
{{- define "millrace.presetResources" -}}
{{- $root := .root -}}
{{- $preset := include "millrace.preset" . | fromYaml -}}
{{- range $resource := $preset.perRoute }}
---
{{ include "millrace.presetResource" (dict "root" $root "resource" $resource) }}
{{- end }}
{{- range include "millrace.services" $root | fromYamlArray }}
{{- $component := .component }}
{{- if (index $root.Values .key).enabled }}
{{- range $resource := $preset.perService }}
---
{{ include "millrace.presetResource" (dict "root" $root "resource" $resource "component" $component) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "millrace.presetResource" -}}
{{- $labels := include "millrace.labels" . | fromYaml -}}
{{- $metadata := merge .resource.metadata (dict "namespace" .root.Release.Namespace "labels" $labels) -}}
{{- $text := merge (dict "metadata" $metadata) .resource | toYaml -}}
{{- if .component -}}
{{- $text = replace "<service>" (include "millrace.serviceName" .) $text -}}
{{- end -}}
{{- $text -}}
{{- end -}}

{{/* What a preset can't do with these values. Context: dict root, kind. */}}
{{- define "millrace.checkPreset" -}}
{{- $values := .root.Values -}}
{{- $settings := index $values .kind -}}
{{- $id := ternary $settings.controller $settings.implementation (eq .kind "ingress") -}}
{{- $preset := include "millrace.preset" . | fromYaml -}}
{{- $timeout := int $settings.timeoutSeconds -}}
{{- $silence := printf "%s.timeoutSeconds (%d)" .kind $timeout -}}
{{- with $preset.idle.most -}}
{{- if $preset.fixed -}}
{{- $timeout = int . -}}
{{- $silence = printf "the %d s of silence of %s" (int .) $id -}}
{{- else if gt $timeout (int .) -}}
{{- fail (printf "%s is more than %s accepts: %d" $silence $id (int .)) -}}
{{- end -}}
{{- end -}}
{{- if lt $timeout (mul 3 (int $values.heartbeatSeconds)) -}}
{{- fail (printf "%s must be at least three times heartbeatSeconds (%d): two lost heartbeats must not cut a stream" $silence (int $values.heartbeatSeconds)) -}}
{{- end -}}
{{- with $preset.totalSeconds -}}
{{- $longest := div (add (mul 11 (int $values.connection.maxAgeSeconds)) 9) 10 -}}
{{- if le (int .) $longest -}}
{{- fail (printf "%s is a limit of the whole stream at %s: it must be above connection.maxAgeSeconds (%d) and its jitter of a tenth, %d" $silence $id (int $values.connection.maxAgeSeconds) $longest) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Refuses what would break a preset's own annotations, or the Ingress. */}}
{{- define "millrace.checkAnnotations" -}}
{{- $preset := include "millrace.preset" (dict "root" . "kind" "ingress") | fromYaml -}}
{{- range $key, $_ := .Values.ingress.annotations -}}
{{- if hasKey $preset.annotations $key -}}
{{- fail (printf "ingress.annotations must not contain %s: the chart sets it" $key) -}}
{{- end -}}
{{- if and (hasPrefix "nginx.ingress.kubernetes.io/" $key) (hasSuffix "-snippet" $key) -}}
{{- fail (printf "ingress.annotations must not contain %s: ingress-nginx rejects an Ingress with a snippet by default" $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
