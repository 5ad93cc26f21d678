namespace KubeFed.ApiMachinery.Patching;

/// <summary>A JSON patch that cannot be read or applied. The message names the operation and says what to change.</summary>
public sealed class JsonPatchException : Exception
{
    internal JsonPatchException(string reason, int index = -1, string operation = "", string path = "")
        : base(index < 0 ? reason : $"operation {index} ({(operation.Length == 0 ? "?" : operation)} \"{path}\"): {reason}")
    {
        Reason = reason;
        Index = index;
        Operation = operation;
        Path = path;
    }

    /// <summary>What is wrong, without the operation.</summary>
    public string Reason { get; }

    /// <summary>The operation's place in the patch, from 0; -1 if the patch as a whole is wrong.</summary>
    public int Index { get; }

    /// <summary>The operation, as <c>replace</c>; empty if it has none.</summary>
    public string Operation { get; }

    /// <summary>The operation's path as given; empty if it has none.</summary>
    public string Path { get; }
}
