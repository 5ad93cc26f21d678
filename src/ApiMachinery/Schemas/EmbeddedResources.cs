using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Whole Kubernetes objects within objects (<c>x-kubernetes-embedded-resource</c>): they have apiVersion, kind and good metadata.</summary>
internal static class EmbeddedResources
{
    /// <summary>Types the metadata of each; the root itself counts only where it has a path.</summary>
    /// <exception cref="ObjectCoercionException">Something has a wrong type.</exception>
    public static void Coerce(JsonNode? root, StructuralSchema schema, FieldPath? rootAt, ref List<string>? unknown)
    {
        foreach ((JsonObject resource, FieldPath at) in Find(root, schema, rootAt).ToList())
        {
            foreach (string name in (string[])["apiVersion", "kind"])
            {
                if (resource.TryGetPropertyValue(name, out JsonNode? value) && value?.GetValueKind() != JsonValueKind.String)
                {
                    throw new ObjectCoercionException(FieldError.Invalid(at.Child(name), FieldValue.From(value), "must be a string").ToString());
                }
            }

            try
            {
                ObjectCoercion.Metadata(resource, $"{at}.metadata", ref unknown);
            }
            catch (ObjectCoercionException e)
            {
                FieldValue shown = FieldValue.From(resource["metadata"]);
                throw new ObjectCoercionException(FieldError.Invalid(at.Child("metadata"), shown, e.Message).ToString(), e);
            }
        }
    }

    /// <summary>Checks each; the root itself counts only where it has a path.</summary>
    public static void Validate(JsonNode? root, StructuralSchema schema, FieldPath? rootAt, FieldErrorList errors)
    {
        foreach ((JsonObject resource, FieldPath at) in Find(root, schema, rootAt))
        {
            Text(resource, "apiVersion", at, errors, static v => v.Count(static c => c == '/') > 1 ? $"unexpected GroupVersion string: {v}" : null);
            Text(resource, "kind", at, errors, KindFault);
            if (resource.TryGetPropertyValue("metadata", out JsonNode? metadata))
            {
                Metadata(metadata, at.Child("metadata"), errors);
            }
        }
    }

    private static void Text(JsonObject resource, string name, FieldPath at, FieldErrorList errors, Func<string, string?> fault)
    {
        JsonNode? node = resource[name];
        bool isText = node is JsonValue value && value.GetValueKind() == JsonValueKind.String;
        if (!resource.ContainsKey(name) || (isText && node!.GetValue<string>().Length == 0))
        {
            errors.Add(FieldError.Required(at.Child(name), "must not be empty"));
        }
        else if (!isText)
        {
            errors.Add(FieldError.Invalid(at.Child(name), FieldValue.From(node), "must be a string"));
        }
        else if (fault(node!.GetValue<string>()) is { } detail)
        {
            errors.Add(FieldError.Invalid(at.Child(name), FieldValue.From(node), detail));
        }
    }

    private static string? KindFault(string kind) => NameValidation.IsDns1035Label(kind.ToLowerInvariant()) is { Count: > 0 } reasons
        ? "may have mixed case, but should otherwise match: " + string.Join(",", reasons)
        : null;

    private static void Metadata(JsonNode? metadata, FieldPath at, FieldErrorList errors)
    {
        try
        {
            ObjectMeta meta = metadata.Deserialize(ObjectMetaJsonContext.Default.ObjectMeta) ?? ObjectMeta.Empty;
            bool named = meta.Name.Length > 0;
            ObjectMetaValidator.Validate(
                named ? meta : meta with { Name = "fakename" },
                meta.Namespace.Length > 0 ? Identity.ResourceScope.Namespaced : Identity.ResourceScope.Cluster,
                NameRules.PathSegment,
                at,
                errors);
        }
        catch (JsonException e)
        {
            errors.Add(FieldError.Invalid(at, FieldValue.From(metadata), e.Message));
        }
    }

    private static IEnumerable<(JsonObject Resource, FieldPath At)> Find(JsonNode? node, StructuralSchema schema, FieldPath? at)
    {
        if (node is JsonObject map)
        {
            if (schema.EmbeddedResource && at is not null)
            {
                yield return (map, at);
            }

            foreach ((string name, JsonNode? value) in schema.Plan.HasEmbedded ? map : [])
            {
                bool named = schema.Plan.Properties.TryGetValue(name, out StructuralSchema? member);
                member ??= schema.AdditionalProperties;
                if (value is null or JsonValue || member is null || !(member.EmbeddedResource || member.Plan.HasEmbedded))
                {
                    continue;
                }

                FieldPath below = at is null ? FieldPath.Root(name) : named ? at.Child(name) : at.Key(name);
                foreach ((JsonObject Resource, FieldPath At) found in Find(value, member, below))
                {
                    yield return found;
                }
            }
        }
        else if (node is JsonArray list && schema.Items is { } items && at is not null)
        {
            for (int i = 0; i < list.Count; i++)
            {
                foreach ((JsonObject Resource, FieldPath At) found in Find(list[i], items, at.Index(i)))
                {
                    yield return found;
                }
            }
        }
    }
}
