using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Standalone.Columns;

/// <summary>The cells of built-in types that no path leads to.</summary>
internal static class ComputedColumns
{
    private static readonly Dictionary<(string Resource, string Column), Func<KubeObject, DateTimeOffset, JsonNode?>> Known = new()
    {
        [("configmaps", "Data")] = static (o, _) => CountOf(o, "data") + CountOf(o, "binaryData"),
        [("secrets", "Data")] = static (o, _) => CountOf(o, "data"),
        [("serviceaccounts", "Secrets")] = static (o, _) => CountOf(o, "secrets"),
        [("rolebindings", "Role")] = static (o, _) => RoleOf(o),
        [("clusterrolebindings", "Role")] = static (o, _) => RoleOf(o),
        [("rolebindings", "Users")] = static (o, _) => SubjectsOf(o, "User"),
        [("clusterrolebindings", "Users")] = static (o, _) => SubjectsOf(o, "User"),
        [("rolebindings", "Groups")] = static (o, _) => SubjectsOf(o, "Group"),
        [("clusterrolebindings", "Groups")] = static (o, _) => SubjectsOf(o, "Group"),
        [("rolebindings", "ServiceAccounts")] = static (o, _) => SubjectsOf(o, "ServiceAccount"),
        [("clusterrolebindings", "ServiceAccounts")] = static (o, _) => SubjectsOf(o, "ServiceAccount"),
        [("events", "Last Seen")] = static (o, now) => EventColumns.LastSeen(o, now),
        [("events", "First Seen")] = static (o, now) => EventColumns.FirstSeen(o, now),
        [("events", "Object")] = static (o, _) => EventColumns.Subject(o),
        [("events", "Source")] = static (o, _) => EventColumns.Source(o),
        [("events", "Count")] = static (o, _) => EventColumns.Count(o),
        [("events", "Message")] = static (o, _) => EventColumns.Message(o),
    };

    /// <summary>What computes a column's cell, or null.</summary>
    public static Func<KubeObject, DateTimeOffset, JsonNode?>? Find(GroupResource resource, string column) =>
        Known.GetValueOrDefault((resource.Resource, column));

    private static int CountOf(KubeObject item, string member) => item.GetNode(member) switch
    {
        JsonObject map => map.Count,
        JsonArray list => list.Count,
        _ => 0,
    };

    private static string RoleOf(KubeObject binding) => string.Create(
        CultureInfo.InvariantCulture, $"{binding.GetString("roleRef", "kind")}/{binding.GetString("roleRef", "name")}");

    private static string SubjectsOf(KubeObject binding, string kind) => binding.GetNode("subjects") is JsonArray subjects
        ? string.Join(", ", subjects.OfType<JsonObject>().Where(subject => (string?)subject["kind"] == kind).Select(NameOf))
        : string.Empty;

    private static string NameOf(JsonObject subject) =>
        (string?)subject["kind"] == "ServiceAccount" ? $"{(string?)subject["namespace"]}/{(string?)subject["name"]}" : (string?)subject["name"] ?? string.Empty;
}
