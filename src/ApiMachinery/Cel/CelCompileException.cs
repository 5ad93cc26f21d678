namespace KubeFed.ApiMachinery.Cel;

/// <summary>A text that is no expression, or whose types do not fit.</summary>
public sealed class CelCompileException : Exception
{
    internal CelCompileException(IReadOnlyList<CelIssue> issues)
        : base(string.Join('\n', issues)) => Issues = issues;

    /// <summary>All that was found, in the order of the text; never empty.</summary>
    public IReadOnlyList<CelIssue> Issues { get; }
}
