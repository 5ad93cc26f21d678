namespace KubeFed.FederationCore.Scheduling;

/// <summary>
/// Who is served first: the earlier overflow group, higher weight, then the lower 32-bit FNV-1 hash of the cluster's name followed by the preference's key (KubeFed's rule,
/// by which odd replicas of different preferences end up in different clusters), then the name.
/// </summary>
internal sealed class PlanOrder : IComparer<Candidate>
{
    public static readonly PlanOrder Instance = new();

    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    public static uint Hash(string cluster, string key) => Append(Append(OffsetBasis, cluster), key);

    public int Compare(Candidate? x, Candidate? y)
    {
        var byGroup = x!.Group.CompareTo(y!.Group);
        if (byGroup != 0)
        {
            return byGroup;
        }

        var byWeight = y.Weight.CompareTo(x.Weight);
        if (byWeight != 0)
        {
            return byWeight;
        }

        var byHash = x.Hash.CompareTo(y.Hash);
        return byHash != 0 ? byHash : string.CompareOrdinal(x.Name, y.Name);
    }

    private static uint Append(uint hash, string text)
    {
        Span<byte> buffer = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var octet in buffer[..rune.EncodeToUtf8(buffer)])
            {
                hash = unchecked(hash * Prime) ^ octet;
            }
        }

        return hash;
    }
}
