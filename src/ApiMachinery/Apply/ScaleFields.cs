using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>
/// Ownership of the replicas, as the scale subresource shows it: a Scale's <c>spec.replicas</c> stands for a field of the main object,
/// whose path each version names.
/// </summary>
public static class ScaleFields
{
    /// <summary>The version of Scale objects.</summary>
    public const string ApiVersion = "autoscaling/v1";

    private static readonly FieldSet InScale = FieldSet.OfFields("spec", "replicas");

    /// <summary>The schema of Scale objects, for a <see cref="FieldManager"/> of <see cref="ApiVersion"/>.</summary>
    public static StructuralSchema Schema { get; } = Struct(
        ("spec", Struct(("replicas", Leaf(SchemaType.Integer)))),
        ("status", Struct(("replicas", Leaf(SchemaType.Integer)), ("selector", Leaf(SchemaType.String)))));

    /// <summary>The entries of the main object that own the replicas, as entries of its Scale.</summary>
    /// <param name="main">The managedFields of the main object.</param>
    /// <param name="replicasPaths">The names of the fields on the way to the replicas, by version; versions without scale are left out.</param>
    /// <returns>Null when nobody owns them, or the entries are not valid.</returns>
    public static JsonArray? ToScale(JsonNode? main, IReadOnlyDictionary<string, IReadOnlyList<string>> replicasPaths)
    {
        _ = ManagedFieldsCodec.TryRead(main, out var managed, out _);
        managed.ReplaceAll(entry => Owns(entry, replicasPaths)
            ? entry with { Owner = InVersion(entry.Owner, ApiVersion), ApiVersion = ApiVersion, Fields = InScale }
            : null);
        return ManagedFieldsCodec.Write(managed);
    }

    /// <summary>The managedFields of the main object after a write of its Scale.</summary>
    /// <param name="main">The managedFields of the main object before.</param>
    /// <param name="scale">The managedFields of the Scale after.</param>
    /// <param name="replicasPaths">The names of the fields on the way to the replicas, by version.</param>
    /// <param name="apiVersion">The version of the main object by which the Scale was reached.</param>
    public static JsonArray? ToMain(
        JsonNode? main, JsonNode? scale, IReadOnlyDictionary<string, IReadOnlyList<string>> replicasPaths, string apiVersion)
    {
        _ = ManagedFieldsCodec.TryRead(main, out var managed, out _);
        _ = ManagedFieldsCodec.TryRead(scale, out var scaled, out _);
        var owners = new List<OwnedFields>(scaled.Entries.Where(static e => e.Fields.Contains("f:spec", "f:replicas")));
        managed.ReplaceAll(entry => !Owns(entry, replicasPaths) || owners.RemoveAll(e => IsSame(e.Owner, entry.Owner)) > 0
            ? entry
            : entry with { Fields = entry.Fields.Except(Path(replicasPaths[entry.ApiVersion])) });

        foreach (var entry in owners)
        {
            var owner = InVersion(entry.Owner, apiVersion);
            var fields = Path(replicasPaths[apiVersion]).Union(managed.Find(owner)?.Fields ?? FieldSet.Empty);
            managed.Put(new OwnedFields(owner, apiVersion, fields, entry.Time));
        }

        return ManagedFieldsCodec.Write(managed);
    }

    private static bool Owns(OwnedFields entry, IReadOnlyDictionary<string, IReadOnlyList<string>> replicasPaths) =>
        replicasPaths.TryGetValue(entry.ApiVersion, out var path) && !entry.Fields.Intersect(Path(path)).IsEmpty;

    private static FieldSet Path(IReadOnlyList<string> names) => FieldSet.OfFields([.. names]);

    private static FieldOwner InVersion(FieldOwner owner, string apiVersion) => owner.Applies ? owner : owner with { ApiVersion = apiVersion };

    private static bool IsSame(FieldOwner a, FieldOwner b) => a with { ApiVersion = "" } == b with { ApiVersion = "" };

    private static StructuralSchema Leaf(SchemaType type) => new() { Type = type };

    private static StructuralSchema Struct(params ReadOnlySpan<(string Name, StructuralSchema Schema)> fields)
    {
        var properties = new Dictionary<string, StructuralSchema>(StringComparer.Ordinal);
        foreach (var (name, schema) in fields)
        {
            properties[name] = schema;
        }

        return new StructuralSchema { Type = SchemaType.Object, Properties = properties };
    }
}
