using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Standalone.Definitions;

/// <summary>Works out the status of a definition: which of its names are free, and whether it is served. Reasons and texts are kube-apiserver's.</summary>
internal static class DefinitionStatus
{
    /// <summary>The condition: the type is served.</summary>
    public const string Established = "Established";

    /// <summary>The condition: no other type has its names.</summary>
    public const string NamesAccepted = "NamesAccepted";

    /// <summary>The condition: it is being deleted.</summary>
    public const string Terminating = "Terminating";

    /// <summary>Sets names and conditions in the tree of a definition.</summary>
    /// <param name="root">The definition.</param>
    /// <param name="others">The names of the other types of its group.</param>
    /// <param name="now">For the times of transitions.</param>
    /// <returns>Whether anything changed.</returns>
    public static bool Update(JsonObject root, IReadOnlyCollection<DefinitionNames> others, DateTimeOffset now)
    {
        if (root["status"] is not JsonObject status)
        {
            root["status"] = status = [];
        }

        var asked = DefinitionNames.Read(root["spec"]?["names"]);
        var accepted = DefinitionNames.Read(status["acceptedNames"]);
        var (given, reason, message) = Accept(asked, accepted, others);
        bool changed = SetNames(status, given);
        changed |= reason is null
            ? Conditions.Set(status, NamesAccepted, true, "NoConflicts", "no conflicts found", now)
            : Conditions.Set(status, NamesAccepted, false, reason, message, now);
        if (reason is null)
        {
            changed |= Conditions.Set(status, Established, true, "InitialNamesAccepted", "the initial names have been accepted", now);
        }
        else if (Conditions.Find(status, Established) is null)
        {
            changed |= Conditions.Set(status, Established, false, "NotAccepted", "not all names are accepted", now);
        }

        return changed;
    }

    /// <summary>Whether the type of a definition is to be served.</summary>
    public static bool IsServed(KubeObject definition) => Conditions.IsTrue(definition.GetNode("status"), Established);

    private static (DefinitionNames Given, string? Reason, string Message) Accept(
        DefinitionNames asked, DefinitionNames accepted, IReadOnlyCollection<DefinitionNames> others)
    {
        var resources = others.SelectMany(static other => other.Resources).Where(static name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        var kinds = others.SelectMany(static other => new[] { other.Kind, other.ListKind }).Where(static name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        var given = asked;
        string? reason = null;
        string message = string.Empty;
        if (resources.Contains(asked.Plural))
        {
            (given, reason, message) = (given with { Plural = accepted.Plural }, "PluralConflict", InUse(asked.Plural));
        }

        if (resources.Contains(asked.Singular))
        {
            (given, reason, message) = (given with { Singular = accepted.Singular }, "SingularConflict", InUse(asked.Singular));
        }

        if (asked.ShortNames.FirstOrDefault(resources.Contains) is { } taken)
        {
            (given, reason, message) = (given with { ShortNames = accepted.ShortNames }, "ShortNamesConflict", InUse(taken));
        }

        if (kinds.Contains(asked.Kind))
        {
            (given, reason, message) = (given with { Kind = accepted.Kind }, "KindConflict", InUse(asked.Kind));
        }

        if (kinds.Contains(asked.ListKind))
        {
            (given, reason, message) = (given with { ListKind = accepted.ListKind }, "ListKindConflict", InUse(asked.ListKind));
        }

        return (given, reason, message);
    }

    private static string InUse(string name) => $"\"{name}\" is already in use";

    private static bool SetNames(JsonObject status, DefinitionNames names)
    {
        var node = names.ToNode();
        if (JsonNode.DeepEquals(status["acceptedNames"], node))
        {
            return false;
        }

        status["acceptedNames"] = node;
        return true;
    }
}
