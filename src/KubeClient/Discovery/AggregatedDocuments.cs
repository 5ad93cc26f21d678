namespace KubeFed.KubeClient.Discovery;

/// <summary>The answer of <c>/api</c> and <c>/apis</c> as an APIGroupDiscoveryList (v2 and v2beta1 have one shape).</summary>
internal static class AggregatedDocuments
{
    internal sealed record GroupList
    {
        public IReadOnlyList<Group?>? Items { get; init; }
    }

    internal sealed record Group
    {
        public Metadata? Metadata { get; init; }

        public IReadOnlyList<Version?>? Versions { get; init; }
    }

    internal sealed record Metadata
    {
        public string? Name { get; init; }
    }

    internal sealed record Version
    {
        [System.Text.Json.Serialization.JsonPropertyName("version")]
        public string? Name { get; init; }

        public string? Freshness { get; init; }

        public IReadOnlyList<Resource?>? Resources { get; init; }
    }

    internal sealed record Resource
    {
        [System.Text.Json.Serialization.JsonPropertyName("resource")]
        public string? Name { get; init; }

        public Kind? ResponseKind { get; init; }

        public string? Scope { get; init; }

        public string? SingularResource { get; init; }

        public IReadOnlyList<string?>? Verbs { get; init; }

        public IReadOnlyList<string?>? ShortNames { get; init; }

        public IReadOnlyList<string?>? Categories { get; init; }

        public IReadOnlyList<Subresource?>? Subresources { get; init; }
    }

    internal sealed record Subresource
    {
        [System.Text.Json.Serialization.JsonPropertyName("subresource")]
        public string? Name { get; init; }
    }

    internal sealed record Kind
    {
        public string? Group { get; init; }

        public string? Version { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("kind")]
        public string? Name { get; init; }
    }
}
