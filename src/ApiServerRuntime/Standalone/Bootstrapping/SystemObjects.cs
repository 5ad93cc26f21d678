using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Bootstrapping;

/// <summary>
/// What a cluster has from the start: its first namespaces, and the roles and bindings of the files in <c>Standalone/Roles</c>. Roles are
/// brought up to date at each start unless somebody says otherwise in the annotation <c>rbac.authorization.kubernetes.io/autoupdate</c>.
/// </summary>
internal sealed class SystemObjects(ObjectClient client, TimeProvider time, ILogger logger)
{
    private const string Folder = "standalone/roles/";
    private const string AutoUpdate = "rbac.authorization.kubernetes.io/autoupdate";
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public"];
    private static readonly ResourceType NamespaceType = BuiltinTypes.Get(string.Empty, "namespaces");

    /// <summary>Makes what is missing, trying again until it is done.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await EnsureOnceAsync(cancellationToken);
                return;
            }
            catch (StatusException e)
            {
                StandaloneLog.BootstrapRetried(logger, e.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task EnsureOnceAsync(CancellationToken cancellationToken)
    {
        foreach (string name in Namespaces)
        {
            var root = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };
            await CreateAsync(NamespaceType, root, cancellationToken);
        }

        foreach (var root in EmbeddedYaml.Read(typeof(SystemObjects).Assembly, Folder))
        {
            await EnsureRoleAsync(root, cancellationToken);
        }
    }

    private async Task EnsureRoleAsync(JsonObject root, CancellationToken cancellationToken)
    {
        string plural = ((string)root["kind"]!).ToLowerInvariant() + "s";
        var type = BuiltinTypes.Get(Group, plural);
        Complete(root);
        var found = await client.FindAsync(type, (string?)root["metadata"]!["namespace"] ?? string.Empty, (string)root["metadata"]!["name"]!, cancellationToken);
        if (found is null)
        {
            await CreateAsync(type, root, cancellationToken);
        }
        else if (IsOurs(found) && !IsCurrent(found, root))
        {
            var next = found.ToNode();
            foreach (string member in new[] { "rules", "aggregationRule", "subjects" })
            {
                if (root[member] is { } value && !(member == "rules" && root["aggregationRule"] is not null))
                {
                    next[member] = value.DeepClone();
                }
            }

            await client.UpdateAsync(type, next, cancellationToken);
        }
    }

    private static void Complete(JsonObject root)
    {
        root["apiVersion"] = Group + "/v1";
        var metadata = root["metadata"]!.AsObject();
        var labels = metadata["labels"] as JsonObject ?? [];
        labels["kubernetes.io/bootstrapping"] = "rbac-defaults";
        metadata["labels"] = labels.Parent is null ? labels : labels.DeepClone();
        metadata["annotations"] = new JsonObject { [AutoUpdate] = "true" };
    }

    private static bool IsOurs(KubeObject found) => found.Metadata.Annotations.TryGetValue(AutoUpdate, out var value) && value == "true";

    private static bool IsCurrent(KubeObject found, JsonObject root) =>
        (root["aggregationRule"] is not null || root["rules"] is null || JsonNode.DeepEquals(found.GetNode("rules"), root["rules"]))
        && (root["subjects"] is null || JsonNode.DeepEquals(found.GetNode("subjects"), root["subjects"]));

    private async Task CreateAsync(ResourceType type, JsonObject root, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(type, (string?)root["metadata"]!["namespace"] ?? string.Empty, root, cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            // It is there, as it should be.
        }
    }
}
