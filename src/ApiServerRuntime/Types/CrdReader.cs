using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>
/// Makes types of CustomResourceDefinitions (apiextensions.k8s.io/v1), checked as kube-apiserver checks them. Conversion by webhook is
/// refused: all versions of a type are the same object under another version.
/// </summary>
public static class CrdReader
{
    /// <summary>Reads a definition. The tree is not changed and must not be changed afterwards, since defaults of the schema stay in it.</summary>
    public static CrdReadResult Read(JsonObject definition) => Read(definition, builtin: false, null);

    /// <summary>Reads the definition of a type that is built into a server: its group may be empty or without a dot.</summary>
    internal static CrdReadResult ReadBuiltin(JsonObject definition, SchemaDefinitions? definitions) => Read(definition, builtin: true, definitions);

    private static CrdReadResult Read(JsonObject definition, bool builtin, SchemaDefinitions? definitions)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var errors = new FieldErrorList();
        var at = FieldPath.Root("spec");
        if (definition["spec"] is not JsonObject spec)
        {
            errors.Add(FieldError.Required(at));
            return new CrdReadResult(null, errors);
        }

        string group = builtin ? CrdNode.Text(spec, "group") : ReadGroup(spec, at, errors);
        var scope = ReadScope(spec, at, errors);
        CheckConversion(spec, at, errors);
        var names = CrdNames.Read(spec, at.Child("names"), errors);
        if (!builtin)
        {
            CheckName(definition, names.Plural, group, errors);
        }

        var versions = CrdVersions.Read(spec, group, names.Kind, at.Child("versions"), errors, definitions, out string storageVersion);
        if (errors.Count > 0)
        {
            return new CrdReadResult(null, errors);
        }

        var type = new ResourceType
        {
            Group = group,
            Plural = names.Plural,
            Singular = names.Singular,
            Kind = names.Kind,
            ListKind = names.ListKind,
            ShortNames = names.ShortNames,
            Categories = names.Categories,
            Scope = scope,
            Versions = versions,
            StorageVersion = storageVersion,
            DefinitionUid = definition["metadata"] is JsonObject metadata ? CrdNode.Text(metadata, "uid") : string.Empty,
        };
        return new CrdReadResult(type, errors);
    }

    private static string ReadGroup(JsonObject spec, FieldPath at, FieldErrorList errors)
    {
        string group = CrdNode.Text(spec, "group");
        var field = at.Child("group");
        if (group.Length == 0)
        {
            errors.Add(FieldError.Required(field));
            return group;
        }

        var reasons = NameValidation.IsDns1123Subdomain(group);
        if (reasons.Count > 0)
        {
            errors.Add(FieldError.Invalid(field, group, string.Join(",", reasons)));
        }
        else if (!group.Contains('.', StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid(field, group, "should be a domain with at least one dot"));
        }

        return group;
    }

    private static ResourceScope ReadScope(JsonObject spec, FieldPath at, FieldErrorList errors)
    {
        string scope = CrdNode.Text(spec, "scope");
        switch (scope)
        {
            case "Cluster":
                return ResourceScope.Cluster;
            case "Namespaced":
                break;
            case "":
                errors.Add(FieldError.Required(at.Child("scope")));
                break;
            default:
                errors.Add(FieldError.NotSupported(at.Child("scope"), scope, "Cluster", "Namespaced"));
                break;
        }

        return ResourceScope.Namespaced;
    }

    private static void CheckConversion(JsonObject spec, FieldPath at, FieldErrorList errors)
    {
        if (spec["preserveUnknownFields"] is JsonValue preserve && preserve.TryGetValue(out bool kept) && kept)
        {
            errors.Add(FieldError.Invalid(at.Child("preserveUnknownFields"), true, "must be false"));
        }

        var field = at.Child("conversion").Child("strategy");
        string strategy = spec["conversion"] is JsonObject conversion ? CrdNode.Text(conversion, "strategy") : "None";
        switch (strategy)
        {
            case "None":
                break;
            case "":
                errors.Add(FieldError.Required(field));
                break;
            case "Webhook":
                errors.Add(FieldError.Forbidden(
                    field, "this server does not convert by webhook: use the strategy None, with the same fields in all versions"));
                break;
            default:
                errors.Add(FieldError.NotSupported(field, strategy, "None", "Webhook"));
                break;
        }
    }

    private static void CheckName(JsonObject definition, string plural, string group, FieldErrorList errors)
    {
        string name = definition["metadata"] is JsonObject metadata ? CrdNode.Text(metadata, "name") : string.Empty;
        if (plural.Length > 0 && group.Length > 0 && name != $"{plural}.{group}")
        {
            errors.Add(FieldError.Invalid(
                FieldPath.Root("metadata").Child("name"), name, "must be spec.names.plural+\".\"+spec.group"));
        }
    }
}
