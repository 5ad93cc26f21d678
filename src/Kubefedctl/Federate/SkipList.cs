using KubeFed.KubeClient.Discovery;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>
/// Types that a person wants left out, each named by kind, plural, singular, short name, <c>plural.group</c>, or by its group for all types of
/// it; in any case.
/// </summary>
internal sealed class SkipList
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _matched = new(StringComparer.OrdinalIgnoreCase);

    public SkipList(IEnumerable<string> names) => _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that no type answered to so far, sorted.</summary>
    public IReadOnlyList<string> Unmatched => [.. _names.Except(_matched, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>Splits comma separated names; blanks around them do not count.</summary>
    public static IEnumerable<string> Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a type is to be left out.</summary>
    public bool Contains(ApiResource type)
    {
        var hits = NamesOf(type).Where(_names.Contains).ToArray();
        _matched.UnionWith(hits);
        return hits.Length > 0;
    }

    private static IEnumerable<string> NamesOf(ApiResource type) =>
        ((string[])[type.Resource.Resource, type.SingularName, type.Kind.Kind, type.Resource.GroupResource.ToString(), type.Resource.Group, .. type.ShortNames])
            .Where(static name => name.Length > 0);
}
