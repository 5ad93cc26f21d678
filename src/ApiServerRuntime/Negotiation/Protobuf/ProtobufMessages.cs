using System.Collections.Frozen;
using System.Globalization;

namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>
/// The messages of the built-in types that clients send in protobuf, with the field numbers of Kubernetes' own definitions. A field is
/// <c>number name type</c>; of the types, <c>*</c> before means a list, and a capital letter names a message.
/// </summary>
internal static class ProtobufMessages
{
    private static readonly FrozenDictionary<string, FrozenDictionary<int, ProtobufField>> Messages = Parse("""
        ObjectMeta: 1 name s, 2 generateName s, 3 namespace s, 5 uid s, 6 resourceVersion s, 7 generation i, 8 creationTimestamp t, 9 deletionTimestamp t, 10 deletionGracePeriodSeconds o, 11 labels ms, 12 annotations ms, 13 ownerReferences *OwnerReference, 14 finalizers *s, 17 managedFields *ManagedFieldsEntry
        OwnerReference: 1 kind s, 3 name s, 4 uid s, 5 apiVersion s, 6 controller b, 7 blockOwnerDeletion b
        ManagedFieldsEntry: 1 manager s, 2 operation s, 3 apiVersion s, 4 time t, 6 fieldsType s, 7 fieldsV1 j, 8 subresource s
        ObjectReference: 1 kind s, 2 namespace s, 3 name s, 4 uid s, 5 apiVersion s, 6 resourceVersion s, 7 fieldPath s
        Namespace: 1 metadata ObjectMeta, 2 spec NamespaceSpec, 3 status NamespaceStatus
        NamespaceSpec: 1 finalizers *s
        NamespaceStatus: 1 phase s, 2 conditions *NamespaceCondition
        NamespaceCondition: 1 type s, 2 status s, 4 lastTransitionTime t, 5 reason s, 6 message s
        ConfigMap: 1 metadata ObjectMeta, 2 data ms, 3 binaryData my, 4 immutable b
        Secret: 1 metadata ObjectMeta, 2 data my, 3 type s, 4 stringData ms, 5 immutable b
        ServiceAccount: 1 metadata ObjectMeta, 2 secrets *ObjectReference, 3 imagePullSecrets *LocalObjectReference, 4 automountServiceAccountToken b
        LocalObjectReference: 1 name s
        Event: 1 metadata ObjectMeta, 2 involvedObject ObjectReference, 3 reason s, 4 message s, 5 source EventSource, 6 firstTimestamp t, 7 lastTimestamp t, 8 count i, 9 type s, 10 eventTime u, 11 series EventSeries, 12 action s, 13 related ObjectReference, 14 reportingComponent s, 15 reportingInstance s
        EventSource: 1 component s, 2 host s
        EventSeries: 1 count i, 2 lastObservedTime u
        events.k8s.io/Event: 1 metadata ObjectMeta, 2 eventTime u, 3 series EventSeries, 4 reportingController s, 5 reportingInstance s, 6 action s, 7 reason s, 8 regarding ObjectReference, 9 related ObjectReference, 10 note s, 11 type s, 12 deprecatedSource EventSource, 13 deprecatedFirstTimestamp t, 14 deprecatedLastTimestamp t, 15 deprecatedCount i
        Lease: 1 metadata ObjectMeta, 2 spec LeaseSpec
        LeaseSpec: 1 holderIdentity s, 2 leaseDurationSeconds o, 3 acquireTime u, 4 renewTime u, 5 leaseTransitions o, 6 strategy s, 7 preferredHolder s
        PolicyRule: 1 verbs *s, 2 apiGroups *s, 3 resources *s, 4 resourceNames *s, 5 nonResourceURLs *s
        Role: 1 metadata ObjectMeta, 2 rules *PolicyRule
        ClusterRole: 1 metadata ObjectMeta, 2 rules *PolicyRule, 3 aggregationRule AggregationRule
        AggregationRule: 1 clusterRoleSelectors *LabelSelector
        LabelSelector: 1 matchLabels ms, 2 matchExpressions *LabelSelectorRequirement
        LabelSelectorRequirement: 1 key s, 2 operator s, 3 values *s
        Subject: 1 kind s, 2 apiGroup s, 3 name s, 4 namespace s
        RoleRef: 1 apiGroup s, 2 kind s, 3 name s
        RoleBinding: 1 metadata ObjectMeta, 2 subjects *Subject, 3 roleRef RoleRef
        ClusterRoleBinding: 1 metadata ObjectMeta, 2 subjects *Subject, 3 roleRef RoleRef
        SelfSubjectAccessReview: 1 metadata ObjectMeta, 2 spec SelfSubjectAccessReviewSpec
        SelfSubjectAccessReviewSpec: 1 resourceAttributes ResourceAttributes, 2 nonResourceAttributes NonResourceAttributes
        SubjectAccessReview: 1 metadata ObjectMeta, 2 spec SubjectAccessReviewSpec
        LocalSubjectAccessReview: 1 metadata ObjectMeta, 2 spec SubjectAccessReviewSpec
        SubjectAccessReviewSpec: 1 resourceAttributes ResourceAttributes, 2 nonResourceAttributes NonResourceAttributes, 3 user s, 4 groups *s, 5 extra mExtraValue, 6 uid s
        ExtraValue: 1 items *s
        ResourceAttributes: 1 namespace s, 2 verb s, 3 group s, 4 version s, 5 resource s, 6 subresource s, 7 name s
        NonResourceAttributes: 1 path s, 2 verb s
        SelfSubjectRulesReview: 1 metadata ObjectMeta, 2 spec SelfSubjectRulesReviewSpec
        SelfSubjectRulesReviewSpec: 1 namespace s
        SelfSubjectReview: 1 metadata ObjectMeta
        TokenReview: 1 metadata ObjectMeta, 2 spec TokenReviewSpec
        TokenReviewSpec: 1 token s, 2 audiences *s
        TokenRequest: 1 metadata ObjectMeta, 2 spec TokenRequestSpec
        TokenRequestSpec: 1 audiences *s, 3 boundObjectRef BoundObjectReference, 4 expirationSeconds o
        BoundObjectReference: 1 kind s, 2 apiVersion s, 3 name s, 4 uid s
        DeleteOptions: 1 gracePeriodSeconds o, 2 preconditions Preconditions, 3 orphanDependents b, 4 propagationPolicy s, 5 dryRun *s
        Preconditions: 1 uid s, 2 resourceVersion s
        """);

    private static readonly FrozenSet<string> Groups = new[]
    {
        "", "events.k8s.io", "coordination.k8s.io", "rbac.authorization.k8s.io", "authorization.k8s.io", "authentication.k8s.io", "meta.k8s.io",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The fields of a message, by number.</summary>
    public static FrozenDictionary<int, ProtobufField> Fields(string message) => Messages[message];

    /// <summary>The message of a kind, or null when it is not known in protobuf: custom resources are not.</summary>
    public static string? Find(string apiVersion, string kind)
    {
        int slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        string group = slash < 0 ? string.Empty : apiVersion[..slash];
        string qualified = $"{group}/{kind}";
        return Messages.ContainsKey(qualified) ? qualified : Messages.ContainsKey(kind) && (kind == "DeleteOptions" || Groups.Contains(group)) ? kind : null;
    }

    private static FrozenDictionary<string, FrozenDictionary<int, ProtobufField>> Parse(string table) => table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(static line => line.Split(':', 2))
        .ToFrozenDictionary(static parts => parts[0], static parts => ParseFields(parts[1]), StringComparer.Ordinal);

    private static FrozenDictionary<int, ProtobufField> ParseFields(string fields) => fields
        .Split(',', StringSplitOptions.TrimEntries)
        .Select(static field => field.Split(' '))
        .ToFrozenDictionary(static parts => int.Parse(parts[0], CultureInfo.InvariantCulture), static parts => FieldOf(parts[1], parts[2]));

    private static ProtobufField FieldOf(string name, string type)
    {
        bool list = type[0] == '*';
        string text = list ? type[1..] : type;
        return text switch
        {
            "s" => new(name, ProtobufType.Text, list, null),
            "i" => new(name, ProtobufType.Integer, list, null),
            "o" => new(name, ProtobufType.OptionalInteger, list, null),
            "b" => new(name, ProtobufType.Flag, list, null),
            "t" => new(name, ProtobufType.Time, list, null),
            "u" => new(name, ProtobufType.MicroTime, list, null),
            "j" => new(name, ProtobufType.RawJson, list, null),
            "ms" => new(name, ProtobufType.TextMap, list, null),
            "my" => new(name, ProtobufType.BytesMap, list, null),
            ['m', .. var message] => new(name, ProtobufType.MessageMap, list, message),
            _ => new(name, ProtobufType.Message, list, text),
        };
    }
}
