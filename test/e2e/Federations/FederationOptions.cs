using System.Text.Json.Nodes;
using KubeFed.e2e.Installations;

namespace KubeFed.e2e.Federations;

/// <summary>What a test wants of a federation.</summary>
internal sealed record FederationOptions
{
    /// <summary>How the control plane is put into the host.</summary>
    public required Installation Installation { get; init; }

    /// <summary>How many clusters there are beside the host; default 2. Each costs its start, so a test that does not compare them wants one.</summary>
    public int Members { get; init; } = 2;

    /// <summary>Whether the host is also joined, as the first cluster; default no.</summary>
    public bool JoinHost { get; init; }

    /// <summary>Whether the clusters run kube-controller-manager, without which deleted namespaces stay terminating; default no.</summary>
    public bool ControllerManagers { get; init; }

    /// <summary>The types to enable, namespaces first.</summary>
    public IReadOnlyList<string> Types { get; init; } = ["namespaces", "configmaps"];

    /// <summary>Merged into the spec of the KubeFedConfig before the control plane starts.</summary>
    public required JsonObject Config { get; init; }

    /// <summary>The chart's values for the API server of an aggregated installation; default one replica on SQLite.</summary>
    public JsonObject ApiServer { get; init; } = Manifests.Node("storage: {backend: sqlite}");
}
