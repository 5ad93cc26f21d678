namespace KubeFed.Hyperfed.Playground;

/// <summary>How the federation is at one moment.</summary>
internal sealed record Fleet(IReadOnlyList<MemberState> Members, IReadOnlyList<ObjectState> Objects)
{
    /// <summary>Whether every cluster is ready, every object in order and every replica running.</summary>
    public bool IsSettled =>
        Objects.Count > 0 && Members.All(static member => member.IsReady && member.Replicas == member.ReadyReplicas) && Objects.All(static item => item.IsPropagated);

    /// <summary>What is still awaited, in words.</summary>
    public string Awaited
    {
        get
        {
            string[] reasons =
            [
                .. Members.Where(static member => !member.IsReady).Select(static member => $"{member.Name} is not ready"),
                .. Objects.Where(static item => !item.IsPropagated).Select(static item => $"{item.Kind} {item.Name} is not propagated"),
                .. Members.Where(static member => member.Replicas != member.ReadyReplicas)
                    .Select(static member => $"{member.Name} runs {member.ReadyReplicas} of {member.Replicas?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} replicas"),
            ];
            return reasons.Length == 0 ? "nothing" : string.Join(", ", reasons);
        }
    }
}
