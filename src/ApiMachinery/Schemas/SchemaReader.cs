using System.Collections.Frozen;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Reads the fields of a structural schema; what only validates is read by <see cref="ValidationReader"/>.</summary>
internal sealed class SchemaReader(FieldErrorList errors, SchemaDefinitions? definitions = null)
{
    private static readonly string[] Metas = ["apiVersion", "kind", "metadata"];

    public StructuralSchema Read(JsonObject schema, FieldPath at) => Read(new SchemaKeywords(schema, at, errors), new SchemaScope(SchemaLevel.Root));

    private StructuralSchema Read(SchemaKeywords keywords, SchemaScope scope)
    {
        if (scope.Depth > SchemaParser.MaxDepth)
        {
            errors.Add(FieldError.Forbidden(keywords.At, $"must not be nested more than {SchemaParser.MaxDepth} deep"));
            return StructuralSchema.Unknown;
        }

        if (definitions is not null && keywords.Json["$ref"] is { } reference)
        {
            return Referred(reference.GetValue<string>(), keywords, scope);
        }

        SchemaType type = UnsupportedRules.Check(keywords, scope);
        StructuralSchema schema = Extensions(keywords, new StructuralSchema
        {
            Type = type,
            Title = keywords.Text("title"),
            Description = keywords.Text("description"),
            Nullable = keywords.Flag("nullable") ?? false,
            Default = keywords.Json["default"]?.DeepClone(),
            Validation = new ValidationReader(errors).Read(keywords, scope, outermost: true),
            Rules = ValidationReader.Rules(keywords),
        });

        schema = schema with
        {
            Properties = Properties(keywords, schema, scope),
            AdditionalProperties = AdditionalProperties(keywords, scope),
            Items = Items(keywords, scope),
        };
        ShapeRules.Check(keywords, schema, scope);
        ListRules.Check(keywords, schema);
        return schema;
    }

    private StructuralSchema Referred(string name, SchemaKeywords keywords, SchemaScope scope)
    {
        if (scope.Level == SchemaLevel.Root)
        {
            return Read(new SchemaKeywords(definitions!.RootOf(name), keywords.At, errors), scope) with { DefinitionName = name };
        }

        StructuralSchema shared = definitions!.Get(name, errors);
        string? description = keywords.Text("description");
        JsonNode? value = keywords.Json["default"];
        return description is null && value is null
            ? shared
            : shared with { Description = description ?? shared.Description, Default = value?.DeepClone() ?? shared.Default };
    }

    /// <summary>Reads a definition that several schemas share.</summary>
    internal StructuralSchema ReadShared(JsonObject schema, FieldPath at) => Read(new SchemaKeywords(schema, at, errors), new SchemaScope(SchemaLevel.Field));

    private static StructuralSchema Extensions(SchemaKeywords keywords, StructuralSchema schema)
    {
        string? listType = keywords.Text("x-kubernetes-list-type");
        string? mapType = keywords.Text("x-kubernetes-map-type");
        return schema with
        {
            PreserveUnknownFields = keywords.Flag("x-kubernetes-preserve-unknown-fields") ?? false,
            EmbeddedResource = keywords.Flag("x-kubernetes-embedded-resource") ?? false,
            IntOrString = keywords.Flag("x-kubernetes-int-or-string") ?? false,
            ListType = listType switch { "set" => ListType.Set, "map" => ListType.Map, _ => ListType.Atomic },
            ListTypeText = listType,
            MapTypeText = mapType,
            ListMapKeys = keywords.Texts("x-kubernetes-list-map-keys"),
            AtomicMap = mapType == "atomic",
            PatchMergeKey = keywords.Text("x-kubernetes-patch-merge-key"),
            PatchStrategies = keywords.Text("x-kubernetes-patch-strategy") is { Length: > 0 } strategy
                ? strategy.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : [],
        };
    }

    private IReadOnlyDictionary<string, StructuralSchema> Properties(SchemaKeywords keywords, StructuralSchema schema, SchemaScope scope)
    {
        Dictionary<string, StructuralSchema>? properties = null;
        foreach ((string name, SchemaKeywords member) in keywords.Members("properties"))
        {
            SchemaScope below = scope.Below(SchemaLevel.Field);
            if ((scope.Level == SchemaLevel.Root || schema.EmbeddedResource) && Metas.Contains(name))
            {
                below = below with
                {
                    InsideMeta = true,
                    NoDefaults = scope.Level == SchemaLevel.Root ? $" in top-level {name}" : below.NoDefaults,
                };
            }

            properties ??= new Dictionary<string, StructuralSchema>(StringComparer.Ordinal);
            properties[name] = Read(member, below);
        }

        return properties ?? (IReadOnlyDictionary<string, StructuralSchema>)FrozenDictionary<string, StructuralSchema>.Empty;
    }

    private StructuralSchema? AdditionalProperties(SchemaKeywords keywords, SchemaScope scope)
    {
        switch (keywords.Json["additionalProperties"])
        {
            case JsonObject map:
                SchemaScope below = scope.Below(SchemaLevel.Field);
                return Read(
                    keywords.Child("additionalProperties", map),
                    scope.InsideMeta ? below with { NoDefaults = " inside additionalProperties applying to object metadata" } : below);
            case null:
                return null;
            default:
                bool any = keywords.Flag("additionalProperties") ?? false;
                return any && keywords.Json["properties"] is not JsonObject { Count: > 0 } ? StructuralSchema.AnyScalar : null;
        }
    }

    private StructuralSchema? Items(SchemaKeywords keywords, SchemaScope scope)
    {
        if (keywords.Json["items"] is JsonArray)
        {
            keywords.Forbid("items", "items must be a schema object and not an array");
            return null;
        }

        return keywords.Map("items") is { } items ? Read(keywords.Child("items", items), scope.Below(SchemaLevel.Item)) : null;
    }
}
