using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Overrides;

/// <summary>
/// The overrides of one federated object, by cluster. Each cluster's stand alone: what is wrong with one cluster's
/// entry is that cluster's error and nobody else's. Entries for clusters that are not selected have no effect.
/// </summary>
public sealed class OverrideSet
{
    private readonly Dictionary<string, ClusterOverridePlan> _plans;
    private readonly ClusterOverridePlan _others;

    private OverrideSet(Dictionary<string, ClusterOverridePlan> plans, ClusterOverridePlan others)
    {
        _plans = plans;
        _others = others;
    }

    /// <summary>Whether no cluster has operations or errors.</summary>
    public bool IsEmpty => _plans.Count == 0 && !_others.IsFailed;

    /// <summary>
    /// Reads the overrides of an object. Refused, for the cluster at fault: a second entry for one cluster, two operations
    /// on one path, an operation other than add, remove and replace, and a path that could change what the object is
    /// (see <see cref="OverridePaths"/>).
    /// </summary>
    public static OverrideSet Parse(FederatedObject source)
    {
        if (source.OverridesError is { } error)
        {
            return new OverrideSet([], new ClusterOverridePlan { Error = error });
        }

        var plans = new Dictionary<string, ClusterOverridePlan>(source.Overrides.Count, StringComparer.Ordinal);
        for (var i = 0; i < source.Overrides.Count; i++)
        {
            var entry = source.Overrides[i];
            if (!plans.TryAdd(entry.ClusterName, Plan(entry, i)))
            {
                plans[entry.ClusterName] = new ClusterOverridePlan
                {
                    Error = $"spec.overrides[{i}].clusterName: cluster \"{entry.ClusterName}\" appears more than once",
                };
            }
        }

        return new OverrideSet(plans, ClusterOverridePlan.None);
    }

    /// <summary>What is to be done for a cluster.</summary>
    public ClusterOverridePlan For(string cluster) => _plans.GetValueOrDefault(cluster, _others);

    private static ClusterOverridePlan Plan(ClusterOverrides entry, int index)
    {
        var error = entry.Error ?? FindFault(entry.Operations, $"spec.overrides[{index}].clusterOverrides");
        return error is not null ? new ClusterOverridePlan { Error = error }
            : entry.Operations.Count == 0 ? ClusterOverridePlan.None
            : new ClusterOverridePlan { Operations = entry.Operations };
    }

    private static string? FindFault(IReadOnlyList<OverrideOperation> operations, string path)
    {
        var seen = new HashSet<string>(operations.Count, StringComparer.Ordinal);
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            if (operation.Op is not (null or "" or OverridePatch.Add or OverridePatch.Remove or OverridePatch.Replace))
            {
                return $"{path}[{i}].op: \"{operation.Op}\" is not one of add, remove, replace";
            }

            if (OverridePaths.FindFault(operation.Path) is { } fault)
            {
                return $"{path}[{i}].path: {fault}";
            }

            if (!seen.Add(operation.Path))
            {
                return $"{path}[{i}].path: \"{operation.Path}\" appears more than once for the cluster";
            }
        }

        return null;
    }
}
