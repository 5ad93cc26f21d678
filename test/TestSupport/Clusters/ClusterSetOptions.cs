namespace KubeFed.TestSupport.Clusters;

/// <summary>What a test wants of a host cluster and its members.</summary>
public sealed record ClusterSetOptions
{
    /// <summary>How many members; default 2. They are named <c>member1</c>, <c>member2</c> and so on, the host <c>host</c>.</summary>
    public int Members { get; init; } = 2;

    /// <summary>Whether the host runs kube-controller-manager (see <see cref="TestClusterOptions.ControllerManager"/>); default no.</summary>
    public bool HostControllerManager { get; init; }

    /// <summary>Whether the members run kube-controller-manager; default no.</summary>
    public bool MemberControllerManager { get; init; }

    /// <summary>Arguments added for the host's kube-apiserver; default none.</summary>
    public EquatableArguments HostApiServerArguments { get; init; } = EquatableArguments.None;

    /// <summary>Arguments added for the members' kube-apiservers; default none.</summary>
    public EquatableArguments MemberApiServerArguments { get; init; } = EquatableArguments.None;

    internal TestClusterOptions Host => new()
    {
        Name = "host",
        ControllerManager = HostControllerManager,
        ApiServerArguments = HostApiServerArguments,
    };

    internal TestClusterOptions Member(int number) => new()
    {
        Name = $"member{number}",
        ControllerManager = MemberControllerManager,
        ApiServerArguments = MemberApiServerArguments,
    };
}
