using System.Collections.Frozen;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>The fields of meta/v1 ObjectMeta and of the types in it, each with the type that JSON must give it.</summary>
internal static class ObjectMetaFields
{
    public enum Kind
    {
        Text,
        Int64,
        Flag,
        Time,
        TextMap,
        TextList,
        Owners,
        ManagedFields,
        Any,
    }

    public static FrozenDictionary<string, Kind> Meta { get; } = new Dictionary<string, Kind>(StringComparer.Ordinal)
    {
        ["name"] = Kind.Text,
        ["generateName"] = Kind.Text,
        ["namespace"] = Kind.Text,
        ["selfLink"] = Kind.Text,
        ["uid"] = Kind.Text,
        ["resourceVersion"] = Kind.Text,
        ["generation"] = Kind.Int64,
        ["creationTimestamp"] = Kind.Time,
        ["deletionTimestamp"] = Kind.Time,
        ["deletionGracePeriodSeconds"] = Kind.Int64,
        ["labels"] = Kind.TextMap,
        ["annotations"] = Kind.TextMap,
        ["ownerReferences"] = Kind.Owners,
        ["finalizers"] = Kind.TextList,
        ["managedFields"] = Kind.ManagedFields,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, Kind> Owner { get; } = new Dictionary<string, Kind>(StringComparer.Ordinal)
    {
        ["apiVersion"] = Kind.Text,
        ["kind"] = Kind.Text,
        ["name"] = Kind.Text,
        ["uid"] = Kind.Text,
        ["controller"] = Kind.Flag,
        ["blockOwnerDeletion"] = Kind.Flag,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, Kind> ManagedFields { get; } = new Dictionary<string, Kind>(StringComparer.Ordinal)
    {
        ["manager"] = Kind.Text,
        ["operation"] = Kind.Text,
        ["apiVersion"] = Kind.Text,
        ["time"] = Kind.Time,
        ["fieldsType"] = Kind.Text,
        ["fieldsV1"] = Kind.Any,
        ["subresource"] = Kind.Text,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The type's name in the messages of Go's decoder.</summary>
    public static string GoType(Kind kind) => kind switch
    {
        Kind.Int64 => "int64",
        Kind.Flag => "bool",
        Kind.TextMap => "map[string]string",
        Kind.TextList => "[]string",
        Kind.Owners => "[]v1.OwnerReference",
        Kind.ManagedFields => "[]v1.ManagedFieldsEntry",
        _ => "string",
    };
}
