using System.Diagnostics.CodeAnalysis;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Rendering;

/// <summary>A cluster's desired object, or why there is none.</summary>
public sealed record RenderResult
{
    private RenderResult()
    {
    }

    /// <summary>The desired object; null when it could not be made.</summary>
    public DesiredObject? Object { get; private init; }

    /// <summary>
    /// <see cref="PropagationStatus.Ok"/>, <see cref="PropagationStatus.ComputeResourceFailed"/> or
    /// <see cref="PropagationStatus.ApplyOverridesFailed"/>. Neither failure is worth a retry before something changes.
    /// </summary>
    public string Status { get; private init; } = PropagationStatus.Ok;

    /// <summary>What is wrong, for people; null when nothing is.</summary>
    public string? Error { get; private init; }

    /// <summary>Whether there is an object.</summary>
    [MemberNotNullWhen(true, nameof(Object))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Object is not null;

    internal static RenderResult Of(DesiredObject value) => new() { Object = value };

    internal static RenderResult BadTemplate(string error) =>
        new() { Status = PropagationStatus.ComputeResourceFailed, Error = error };

    internal static RenderResult BadOverrides(string error) =>
        new() { Status = PropagationStatus.ApplyOverridesFailed, Error = error };
}
