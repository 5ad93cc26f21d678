using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>
/// Server-side apply and the book-keeping of who owns which field of an object. The rules are those of kube-apiserver's structured merge
/// for custom resources without conversion: every version of the resource has the same fields, as far as its schema declares them.
/// Immutable; safe for concurrent use. Source: Kubernetes documentation, "Server-Side Apply".
/// </summary>
public sealed class FieldManager
{
    private const string BeforeFirstApply = "before-first-apply";
    private readonly Dictionary<string, TypeNode> _types;

    /// <summary>For a resource, by the schemas of all its versions.</summary>
    /// <param name="schemas">The schema of whole objects by API version, as <c>demo.example.dev/v1</c>.</param>
    public FieldManager(IReadOnlyDictionary<string, StructuralSchema> schemas)
    {
        _types = new Dictionary<string, TypeNode>(schemas.Count, StringComparer.Ordinal);
        foreach (var (version, schema) in schemas)
        {
            _types.Add(version, TypeCompiler.CompileRoot(schema));
        }
    }

    /// <summary>
    /// The managedFields of an object that was created, replaced or patched, but not applied.
    /// </summary>
    /// <param name="live">The object as stored, with its managedFields; null when it is created.</param>
    /// <param name="updated">
    /// The object as it is to be stored, with the managedFields that the caller sent: valid ones count in place of the stored ones (not
    /// for a subresource), invalid or missing ones do not count, and an empty list or one empty entry forgets all owners.
    /// </param>
    /// <param name="write">Who writes it.</param>
    /// <returns>What the object's <c>metadata.managedFields</c> must become; null to have none.</returns>
    public JsonArray? Update(JsonObject? live, JsonObject updated, FieldWrite write)
    {
        var managed = ReadForUpdate(live, updated, write.Subresource is not null);
        if (managed.IsEmpty && IsStored(live))
        {
            return null;
        }

        Track(live ?? [], updated, managed, write);
        return ManagedFieldsCodec.Write(managed);
    }

    /// <summary>Whether two states of an object are equal but for the times of their managedFields: storing the newer would change nothing.</summary>
    public static bool SameButTimes(JsonObject a, JsonObject b) => ObjectContent.SameButTimes(a, b);

    /// <summary>Applies a configuration.</summary>
    /// <param name="live">The object as stored, with its managedFields; null when there is none yet. It is not changed.</param>
    /// <param name="config">The configuration: a partial object in the version of the write. It is not changed.</param>
    /// <param name="write">Who applies it.</param>
    /// <param name="force">Whether fields that others own are taken from them.</param>
    /// <exception cref="StatusException">
    /// 409 with a cause for each field that another owns; 400 for another version or a configuration with managedFields; 500 for one that
    /// does not fit the schema.
    /// </exception>
    public ApplyResult Apply(JsonObject? live, JsonObject config, FieldWrite write, bool force)
    {
        var type = TypeOf(write.ApiVersion);
        Check(config, write, type);
        if (!ManagedFieldsCodec.TryRead(ManagedFieldsCodec.Of(live), out var before, out var fault))
        {
            throw Failure($"failed to decode managed fields: {fault}");
        }

        var managed = before.Copy();
        if (managed.IsEmpty && live is not null)
        {
            Track([], live, managed, write with { Manager = BeforeFirstApply });
        }

        var run = new ApplyRun(this, type, live ?? [], config, write);
        var merged = run.Merge(managed, force);
        return Finish(live, config, write, merged, managed, before);
    }

    internal TypeNode? FindType(string apiVersion) => _types.GetValueOrDefault(apiVersion);

    internal static StatusException Failure(string message) => new(new Status { Outcome = "Failure", Code = 500, Message = message });

    private static bool IsStored(JsonObject? live) => live?["metadata"]?["uid"] is not null;

    private static ManagedFields ReadForUpdate(JsonObject? live, JsonObject updated, bool ofSubresource)
    {
        if (!ofSubresource)
        {
            var sent = ManagedFieldsCodec.Of(updated);
            if (ManagedFieldsCodec.IsReset(sent))
            {
                return ManagedFields.None;
            }

            if (ManagedFieldsCodec.TryRead(sent, out var managed, out _) && !managed.IsEmpty)
            {
                return managed;
            }
        }

        _ = ManagedFieldsCodec.TryRead(ManagedFieldsCodec.Of(live), out var stored, out _);
        return stored;
    }

    // Takes from the others what changed, and gives it to the writer.
    private void Track(JsonObject live, JsonObject updated, ManagedFields managed, FieldWrite write)
    {
        Reconcile(managed, live);
        var comparisons = new VersionComparisons(this, live, updated, write.ResetFields);
        managed.ReplaceAll(entry => comparisons.Of(entry.ApiVersion) is { } differences
            ? entry with { Fields = entry.Fields.Except(differences.Taken).Except(differences.Removed) }
            : null);

        var taken = comparisons.Of(write.ApiVersion)!.Value.Taken.Except(UntrackedFields.Set);
        if (!taken.IsEmpty)
        {
            var owner = FieldOwner.Of(write.Manager, applies: false, write.ApiVersion, write.Subresource);
            var fields = managed.Find(owner) is { } previous ? previous.Fields.Union(taken) : taken;
            managed.Put(new OwnedFields(owner, write.ApiVersion, fields, write.Now));
        }

        managed.Cap();
    }

    internal void Reconcile(ManagedFields managed, JsonObject live) => managed.ReplaceAll(entry => FindType(entry.ApiVersion) is { } type
        ? entry with { Fields = FieldSetTyping.Reconcile(entry.Fields, type, live) }
        : null);

    private static ApplyResult Finish(
        JsonObject? live, JsonObject config, FieldWrite write, JsonObject merged, ManagedFields managed, ManagedFields before)
    {
        var touched = live is null || !ObjectContent.SameContent(live, merged);
        var owner = FieldOwner.Of(write.Manager, applies: true, write.ApiVersion, write.Subresource);
        if (managed.Find(owner) is { } entry && (touched || entry.Time is null))
        {
            managed.Put(entry with { Time = write.Now });
        }

        if (string.Equals(write.Manager, LastApplied.Manager, StringComparison.Ordinal))
        {
            LastApplied.Refresh(merged, config);
            touched = touched || !ObjectContent.SameContent(live!, merged);
        }

        if (!touched && managed.SameFields(before))
        {
            return new ApplyResult((JsonObject)live!.DeepClone(), Changed: false);
        }

        SetManagedFields(merged, ManagedFieldsCodec.Write(managed));
        return new ApplyResult(merged, Changed: true);
    }

    private static void SetManagedFields(JsonObject obj, JsonNode? managedFields)
    {
        if (obj["metadata"] is not JsonObject metadata)
        {
            if (managedFields is null)
            {
                return;
            }

            obj["metadata"] = metadata = [];
        }

        if (managedFields is null)
        {
            metadata.Remove("managedFields");
        }
        else
        {
            metadata["managedFields"] = managedFields;
        }
    }

    private TypeNode TypeOf(string apiVersion) =>
        FindType(apiVersion) ?? throw new ArgumentException($"there is no schema for version {apiVersion}", nameof(apiVersion));

    private static void Check(JsonObject config, FieldWrite write, TypeNode type)
    {
        var version = config["apiVersion"]?.ToString() ?? "";
        if (!string.Equals(version, write.ApiVersion, StringComparison.Ordinal))
        {
            throw StatusErrors.BadRequest(
                $"Incorrect version specified in apply patch. Specified patch version: {version}, expected: {write.ApiVersion}");
        }

        if (ManagedFieldsCodec.Of(config) is not null)
        {
            throw StatusErrors.BadRequest("metadata.managedFields must be nil");
        }

        if (ConfigValidator.Validate(type, config) is { } fault)
        {
            throw Failure($"failed to create typed patch object ({Describe(config)}): {fault}");
        }
    }

    private static string Describe(JsonObject config)
    {
        var metadata = config["metadata"] as JsonObject;
        return $"{metadata?["namespace"]}/{metadata?["name"]}; {config["apiVersion"]}, Kind={config["kind"]}";
    }
}
