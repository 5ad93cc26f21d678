using KubeFed.Scale.Measure;

namespace KubeFed.Scale.Federation;

/// <summary>What one phase took.</summary>
internal sealed record Phase
{
    /// <summary>What was done: create, update, restart, repair, delete.</summary>
    public required string Name { get; init; }

    /// <summary>From the first request until the last member had followed.</summary>
    public double MembersSeconds { get; init; }

    /// <summary>From the first request until the last federated object said so.</summary>
    public double StatusSeconds { get; init; }

    /// <summary>From the first request until the last answer to this tool's own requests.</summary>
    public double RequestsSeconds { get; init; }

    /// <summary>Processor time until nothing moved any more.</summary>
    public required CpuSeconds Cpu { get; init; }

    /// <summary>The controller manager's memory at the end of the phase.</summary>
    public required ProcessMemory Memory { get; init; }

    /// <summary>The members' requests for the type's objects, by verb, for each object and member.</summary>
    public required IReadOnlyList<RequestRate> Members { get; init; }

    /// <summary>The host's requests that have to do with the objects, for each object.</summary>
    public required IReadOnlyList<RequestRate> Host { get; init; }

    /// <summary>Writes for each object and member.</summary>
    public double MemberWrites => Members.Where(static rate => rate.Key.IsWrite).Sum(static rate => rate.Rate);

    /// <summary>Reads for each object and member, watches aside.</summary>
    public double MemberReads => Members.Where(static rate => rate.Key.IsRead).Sum(static rate => rate.Rate);

    /// <summary>Writes for each object on the host, without the one that this tool makes for each object that it creates, changes or deletes.</summary>
    public double FederationWrites =>
        Host.Where(static rate => rate.Key.IsWrite).Sum(static rate => rate.Rate) - (Name is PhaseNames.Create or PhaseNames.Update or PhaseNames.Delete ? 1 : 0);
}
