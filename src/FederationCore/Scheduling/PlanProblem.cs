namespace KubeFed.FederationCore.Scheduling;

/// <summary>A reason why the plan is only the best possible one.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">One sentence for people, with the numbers.</param>
public sealed record PlanProblem(PlanProblemKind Kind, string Message);
