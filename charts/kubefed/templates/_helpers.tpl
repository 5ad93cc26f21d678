{{/* The scope of the control plane. */}}
{{- define "kubefed.scope" -}}
{{- .Values.global.scope | default "Cluster" -}}
{{- end }}

{{- define "kubefed.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: kubefed
{{- end }}

{{/* What selects the pods of a component: (list . "apiserver"). */}}
{{- define "kubefed.selector" -}}
app.kubernetes.io/name: kubefed
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* The name of an object that is not in a namespace: control planes of one namespace each share the cluster with others of their kind. */}}
{{- define "kubefed.clusterName" -}}
{{- $root := index . 0 -}}
{{- index . 1 -}}{{- if eq (include "kubefed.scope" $root) "Namespaced" -}}:{{ $root.Release.Namespace }}{{- end -}}
{{- end }}

{{/* The group versions that the API server serves, as {"items": [...]}. */}}
{{- define "kubefed.groupVersions" -}}
{{- $items := list
  (dict "group" "core.kubefed.io" "version" "v1beta1" "priority" 20)
  (dict "group" "core.kubefed.io" "version" "v1alpha1" "priority" 10)
  (dict "group" "scheduling.kubefed.io" "version" "v1alpha1" "priority" 10)
  (dict "group" "types.kubefed.io" "version" "v1beta1" "priority" 20) -}}
{{- range .Values.apiServer.extraGroupVersions -}}
{{- $items = append $items (dict "group" .group "version" .version "priority" 15) -}}
{{- end -}}
{{- dict "items" $items | toJson -}}
{{- end }}

{{/* Removes the validation rules (CEL) from a definition, in place; prints nothing. */}}
{{- define "kubefed.dropRules" -}}
{{- if kindIs "map" . -}}
{{- $_ := unset . "x-kubernetes-validations" -}}
{{- range . -}}{{- include "kubefed.dropRules" . -}}{{- end -}}
{{- else if kindIs "slice" . -}}
{{- range . -}}{{- include "kubefed.dropRules" . -}}{{- end -}}
{{- end -}}
{{- end }}

{{/* What the pods of both programs have in common, as members of the pod's spec: (list . "apiserver" 2). */}}
{{- define "kubefed.podSpec" -}}
{{- $root := index . 0 -}}
{{- $common := $root.Values.controllermanager -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 1001
  runAsGroup: 1001
  fsGroup: 1001
  seccompProfile:
    type: RuntimeDefault
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "kubefed.selector" (list $root (index . 1)) | nindent 8 }}
{{- with $common.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $common.commonNodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $common.commonTolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What the containers of both programs have in common: (list . its-values). */}}
{{- define "kubefed.container" -}}
{{- $root := index . 0 -}}
{{- $values := index . 1 -}}
image: {{ printf "%s/%s:%s" $values.repository $values.image ($values.tag | default $root.Chart.AppVersion) | quote }}
imagePullPolicy: {{ $values.imagePullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
resources: {{- toYaml $values.resources | nindent 2 }}
{{- end }}

{{/* The variables of both programs: (list . its-values). */}}
{{- define "kubefed.env" -}}
- name: POD_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
- name: DOTNET_EnableDiagnostics
  value: "0"
{{- range $name, $value := (index . 1).env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "kubefed.pdbVersion" -}}
{{- if semverCompare ">=1.21.0-0" .Capabilities.KubeVersion.Version -}}policy/v1{{- else -}}policy/v1beta1{{- end -}}
{{- end }}

{{/* The ValidatingWebhookConfiguration; its name must be that of a domain. */}}
{{- define "kubefed.webhookConfiguration" -}}
validations.core.kubefed.io{{- if eq (include "kubefed.scope" .) "Namespaced" -}}-{{ .Release.Namespace }}{{- end -}}
{{- end }}

{{/* What the webhooks have in common: (list . its-path). A control plane of one namespace judges that namespace alone. */}}
{{- define "kubefed.webhook" -}}
{{- $root := index . 0 -}}
admissionReviewVersions: [v1]
sideEffects: None
timeoutSeconds: 5
clientConfig:
  service:
    namespace: {{ $root.Release.Namespace }}
    name: kubefed-admission-webhook
    path: {{ index . 1 }}
    port: 443
{{- if eq (include "kubefed.scope" $root) "Namespaced" }}
namespaceSelector:
  matchLabels:
    {{ if semverCompare ">=1.21.0-0" $root.Capabilities.KubeVersion.Version }}kubernetes.io/metadata.name{{ else }}name{{ end }}: {{ $root.Release.Namespace }}
{{- end }}
{{- end }}
