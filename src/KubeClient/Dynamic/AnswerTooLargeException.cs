namespace KubeFed.KubeClient.Dynamic;

/// <summary>The body of an answer is larger than the client's options allow; the rest of it was not read.</summary>
public sealed class AnswerTooLargeException(string request, int limit)
    : IOException($"the answer to {request} is larger than {limit} bytes")
{
    /// <summary>The most bytes that would have been read.</summary>
    public int Limit { get; } = limit;
}
