using KubeFed.ApiMachinery.Validation;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Overrides;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationCore.Validation;

/// <summary>
/// The rules of <c>Federated&lt;Kind&gt;</c> objects, for whoever admits them: overrides that could never be applied to the template are
/// errors, and a placement or an override that names an unknown cluster is warned of.
/// </summary>
public sealed record FederatedObjectValidation
{
    private FederatedObjectValidation(FieldErrorList errors, IReadOnlyList<string> warnings)
    {
        Errors = errors;
        Warnings = warnings;
    }

    /// <summary>What is wrong, in the order of the fields; empty when nothing is.</summary>
    public FieldErrorList Errors { get; }

    /// <summary>What whoever writes the object should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Checks an object that is to be created, or whose spec is to be changed.</summary>
    /// <param name="source">The federated object.</param>
    /// <param name="target">What it becomes in the members.</param>
    /// <param name="clusters">The names of the registered clusters; null when they are not known.</param>
    public static FederatedObjectValidation Of(FederatedObject source, TargetDescription target, IReadOnlySet<string>? clusters)
    {
        ArgumentNullException.ThrowIfNull(source);
        var check = OverrideCheck.Of(source, target);
        return new FederatedObjectValidation(check.Errors, clusters is null ? check.Warnings : [.. check.Warnings, .. UnknownClusters(source, clusters)]);
    }

    private static IEnumerable<string> UnknownClusters(FederatedObject source, IReadOnlySet<string> known)
    {
        var names = source.Placement.Clusters ?? [];
        for (var i = 0; i < names.Count; i++)
        {
            if (!known.Contains(names[i]))
            {
                yield return $"spec.placement.clusters[{i}].name: cluster \"{names[i]}\" is not registered: nothing is propagated to it until it joins";
            }
        }

        for (var i = 0; i < source.Overrides.Count; i++)
        {
            if (!known.Contains(source.Overrides[i].ClusterName))
            {
                yield return $"spec.overrides[{i}].clusterName: cluster \"{source.Overrides[i].ClusterName}\" is not registered: the entry has no effect until it joins";
            }
        }
    }
}
