namespace KubeFed.Hyperfed.Playground.Fleets;

/// <summary>How the federation is at one moment.</summary>
internal sealed record Fleet(IReadOnlyList<MemberState> Members, IReadOnlyList<ObjectState> Objects)
{
    /// <summary>Whether every cluster is ready, every object in order and every replica running.</summary>
    public bool IsSettled =>
        Objects.Count > 0 && Members.All(static member => member.IsReady && member.IsRolledOut) && Objects.All(static item => item.IsPropagated);

    /// <summary>What is still awaited, in words.</summary>
    public string Awaited
    {
        get
        {
            string[] reasons =
            [
                .. Members.Where(static member => !member.IsReady).Select(static member => $"{member.Name} is not ready"),
                .. Objects.Where(static item => !item.IsPropagated).Select(static item => $"{item.Kind} {item.Name} is not propagated"),
                .. Members.Where(static member => !member.IsRolledOut).Select(Describe),
            ];
            return reasons.Length == 0 ? "nothing" : string.Join(", ", reasons);
        }
    }

    /// <summary>The member of a name, which must be one.</summary>
    public MemberState Member(string name) => Members.Single(member => member.Name == name);

    private static string Describe(MemberState member) => member switch
    {
        { Replicas: null } => $"{member.Name} has no copy",
        { UnschedulablePods: > 0 and var pods } => $"{member.Name} runs {member.ReadyReplicas} of {member.Replicas} replicas and has no room for {pods}",
        _ when member.Replicas == member.ReadyReplicas => $"{member.Name} replaces pods",
        _ => $"{member.Name} runs {member.ReadyReplicas} of {member.Replicas} replicas",
    };
}
