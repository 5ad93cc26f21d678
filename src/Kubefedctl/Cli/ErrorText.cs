using System.Net.Sockets;
using KubeFed.ApiMachinery.Errors;
using KubeFed.KubeClient.Discovery;
using KubeFed.Kubefedctl.Clusters;

namespace KubeFed.Kubefedctl.Cli;

/// <summary>Turns a failure into one sentence: what happened, where, and what to do next.</summary>
internal static class ErrorText
{
    public static string Describe(Exception failure) => OneLine(failure switch
    {
        UserException e => e.Message,
        StatusException e => DescribeStatus(e),
        HttpRequestException e => $"{Where(e)}{DescribeTransport(e)}",
        TimeoutException e => $"{Where(e)}timed out: {e.Message}",
        OperationCanceledException e => $"{Where(e)}the request ran out of time; check that the server is up and try again",
        ResourceNotFoundException e => $"{e.Message}; \"kubectl api-resources\" lists what there is",
        IOException or UnauthorizedAccessException => failure.Message,
        FormatException e => $"{Where(e)}{e.Message}",
        _ => $"{Where(failure)}{failure.Message}",
    });

    private static string DescribeStatus(StatusException e)
    {
        var where = Where(e);
        var message = e.Message.TrimEnd('.');
        return e switch
        {
            { IsUnauthorized: true } => $"{where}the credentials were not accepted ({message}); check the user of that context",
            { IsForbidden: true } => $"{where}{message}; ask the cluster's administrator for that right, or use a context that has it",
            { IsTooManyRequests: true } or { IsServiceUnavailable: true } => $"{where}{message}; the server is overloaded or starting: try again later",
            _ => $"{where}{message}",
        };
    }

    private static string DescribeTransport(HttpRequestException e)
    {
        var hint = e.InnerException is SocketException
            ? "; check the server's address in the kubeconfig and that the cluster is up"
            : "";
        return e.Message.TrimEnd('.') + hint;
    }

    private static string Where(Exception e) => AttributedClient.ClusterOf(e) is { } cluster ? $"{cluster}: " : "";

    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAny('\r', '\n') < 0
            ? text
            : string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
