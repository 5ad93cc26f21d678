namespace KubeFed.KubeClient.Discovery;

/// <summary>The answers of <c>/api</c>, <c>/apis</c> and <c>/apis/GROUP/VERSION</c>.</summary>
internal static class LegacyDocuments
{
    internal sealed record CoreVersions
    {
        public IReadOnlyList<string?>? Versions { get; init; }
    }

    internal sealed record GroupList
    {
        public IReadOnlyList<Group?>? Groups { get; init; }
    }

    internal sealed record Group
    {
        public string? Name { get; init; }

        public IReadOnlyList<GroupVersionEntry?>? Versions { get; init; }

        public GroupVersionEntry? PreferredVersion { get; init; }
    }

    internal sealed record GroupVersionEntry
    {
        public string? Version { get; init; }
    }

    internal sealed record ResourceList
    {
        public IReadOnlyList<Resource?>? Resources { get; init; }
    }

    internal sealed record Resource
    {
        public string? Name { get; init; }

        public string? SingularName { get; init; }

        public bool Namespaced { get; init; }

        public string? Group { get; init; }

        public string? Version { get; init; }

        public string? Kind { get; init; }

        public IReadOnlyList<string?>? Verbs { get; init; }

        public IReadOnlyList<string?>? ShortNames { get; init; }

        public IReadOnlyList<string?>? Categories { get; init; }
    }
}
