using System.Diagnostics.CodeAnalysis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Overrides;

/// <summary>What is to be done to the template for one cluster.</summary>
public sealed record ClusterOverridePlan
{
    /// <summary>Nothing to be done.</summary>
    public static ClusterOverridePlan None { get; } = new();

    /// <summary>The operations, in order; empty when <see cref="Error"/> is set.</summary>
    public IReadOnlyList<OverrideOperation> Operations { get; internal init; } = [];

    /// <summary>Why this cluster's overrides cannot be used; null when they can.</summary>
    public string? Error { get; internal init; }

    /// <summary>Whether this cluster's overrides are malformed or forbidden.</summary>
    [MemberNotNullWhen(true, nameof(Error))]
    public bool IsFailed => Error is not null;
}
