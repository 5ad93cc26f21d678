using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Definitions;

/// <summary>What is served of a definition at a revision of it.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Spec">What the type was made of: while it stays the same, so does the type.</param>
/// <param name="Type">The type; null when it is not served.</param>
internal sealed record ServedDefinition(long Revision, JsonObject Spec, ResourceType? Type)
{
    /// <summary>Reads a definition, keeping the type of an earlier state where it says the same.</summary>
    public static ServedDefinition Read(CachedObject item, ServedDefinition? before, ILogger logger)
    {
        var definition = item.Object;
        var made = new JsonObject
        {
            ["uid"] = definition.Metadata.Uid,
            ["spec"] = definition.GetNode("spec"),
            ["names"] = definition.GetNode("status", "acceptedNames"),
            ["served"] = DefinitionStatus.IsServed(definition),
            ["deleting"] = definition.Metadata.IsDeleting,
        };
        if (before is not null && JsonNode.DeepEquals(made, before.Spec))
        {
            return before with { Revision = item.Revision };
        }

        return new ServedDefinition(item.Revision, made, TypeOf(definition, before, logger));
    }

    private static ResourceType? TypeOf(KubeObject definition, ServedDefinition? before, ILogger logger)
    {
        string name = definition.Metadata.Name;
        if (!DefinitionStatus.IsServed(definition))
        {
            return null;
        }

        var read = CrdReader.Read(definition.ToNode());
        if (read.Type is not { } type)
        {
            StandaloneLog.DefinitionInvalid(logger, name, read.Errors.ToString());
            return before?.Type;
        }

        if (before?.Type is null)
        {
            StandaloneLog.DefinitionServed(logger, name);
        }

        var names = DefinitionNames.Read(definition.GetNode("status", "acceptedNames"));
        return type with
        {
            Singular = names.Singular,
            Kind = names.Kind,
            ListKind = names.ListKind,
            ShortNames = names.ShortNames,
            Categories = names.Categories,
            Versions = definition.Metadata.IsDeleting ? [.. type.Versions.Select(WithoutCreation)] : type.Versions,
        };
    }

    private static ResourceTypeVersion WithoutCreation(ResourceTypeVersion version) =>
        version with { Verbs = [.. version.Verbs.Where(static verb => verb != "create")] };
}
