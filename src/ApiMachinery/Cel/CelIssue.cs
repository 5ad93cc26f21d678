namespace KubeFed.ApiMachinery.Cel;

/// <summary>One fault of an expression.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in code points.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Snippet">The line of the expression and a mark below the place; each line starts with <c> | </c>.</param>
public sealed record CelIssue(int Line, int Column, string Message, string Snippet)
{
    /// <summary>The text in the API server's form: <c>ERROR: &lt;input&gt;:1:5: message</c>, then the snippet.</summary>
    public override string ToString() => $"ERROR: <input>:{Line}:{Column}: {Message}{Snippet}";
}
