using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>What a server does first with an object that was sent to it: its metadata is typed, and what its type does not have is dropped.</summary>
public static class ObjectCoercion
{
    /// <summary>
    /// Types the metadata of the object and of all embedded resources, drops what the schema does not specify and the nulls that are no values.
    /// Defaults are not filled in. Doing it twice changes nothing more.
    /// </summary>
    /// <param name="root">The object, which is changed.</param>
    /// <param name="schema">The schema of its version.</param>
    /// <returns>
    /// The paths of what was dropped because it is unknown, in the order in which the API server reports them: of metadata as written, then of
    /// the rest sorted, then of the metadata of embedded resources. For each, field validation says <c>unknown field "spec.bogus"</c>.
    /// </returns>
    /// <exception cref="ObjectCoercionException">Metadata, or apiVersion or kind of an embedded resource, has a wrong type.</exception>
    public static IReadOnlyList<string> Coerce(JsonObject root, StructuralSchema schema)
    {
        List<string>? unknown = null;
        Metadata(root, "metadata", ref unknown);
        IReadOnlyList<string> pruned = SchemaPruner.Prune(root, schema);
        if (pruned.Count > 0)
        {
            (unknown ??= []).AddRange(pruned);
        }

        SchemaPruner.PruneNulls(root, schema);
        if (schema.Plan.HasEmbedded)
        {
            EmbeddedResources.Coerce(root, schema, null, ref unknown);
        }

        return unknown ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Types the member <c>metadata</c> of an object.</summary>
    internal static void Metadata(JsonObject owner, string path, ref List<string>? unknown)
    {
        if (!owner.TryGetPropertyValue("metadata", out JsonNode? metadata))
        {
            return;
        }

        var coercion = new ObjectMetaCoercion();
        if (!coercion.Apply(metadata))
        {
            throw new ObjectCoercionException(coercion.Error!);
        }

        if (coercion.Unknown is { } found)
        {
            (unknown ??= []).AddRange(found.Select(name => $"{path}.{name}"));
        }

        if (metadata is null)
        {
            owner["metadata"] = new JsonObject();
        }
    }
}
