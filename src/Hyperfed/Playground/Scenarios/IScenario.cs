namespace KubeFed.Hyperfed.Playground.Scenarios;

/// <summary>A story that is played on a federation in order, and leaves one in order.</summary>
internal interface IScenario
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>How many members it needs.</summary>
    int FewestMembers { get; }

    /// <summary>Whether it counts on the room that the members' plans say.</summary>
    bool NeedsKnownRoom => false;

    /// <summary>Plays it, told line by line.</summary>
    /// <exception cref="PlaygroundException">It did not come as told; the message says what is missing.</exception>
    Task PlayAsync(Stage stage, CancellationToken cancellationToken);
}
