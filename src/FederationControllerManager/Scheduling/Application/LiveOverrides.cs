using System.Text.Json;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationControllerManager.Scheduling.Application;

/// <summary>The overrides of a federated object by cluster and path, whoever wrote them.</summary>
internal sealed class LiveOverrides
{
    private readonly Dictionary<(string Cluster, string Path), OverrideOperation> _operations = [];

    private LiveOverrides()
    {
    }

    /// <summary>Those of an object.</summary>
    public static LiveOverrides Of(FederatedObject source)
    {
        var result = new LiveOverrides();
        foreach (var entry in source.Overrides)
        {
            foreach (var operation in entry.Operations)
            {
                result._operations[(entry.ClusterName, operation.Path)] = operation;
            }
        }

        return result;
    }

    /// <summary>Whether an operation sets a number.</summary>
    public static bool Sets(OverrideOperation operation, long number)
    {
        if (operation.Op == "remove" || operation.Value is not { } json)
        {
            return false;
        }

        var reader = new Utf8JsonReader(json.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) && value == number;
    }

    /// <summary>The operation at a place, or null.</summary>
    public OverrideOperation? Find(string cluster, string path) => _operations.GetValueOrDefault((cluster, path));
}
