namespace KubeFed.Kubefedctl.Objects;

/// <summary>How to take one thing back.</summary>
/// <param name="What">Its name in messages.</param>
/// <param name="UndoAsync">Takes it back and says what was done, as the end of a sentence: <c>deleted</c>.</param>
internal sealed record UndoStep(string What, Func<CancellationToken, Task<string>> UndoAsync)
{
    /// <summary>What is said where it fails, as the end of a sentence.</summary>
    public string Failed { get; init; } = "could not be deleted and stays";
}
