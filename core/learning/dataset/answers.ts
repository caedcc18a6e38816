/** The answers in a row of any kind, in the order of its proof; none in rows that are proved otherwise. */
export function answersIn(row: any): string[] {
  if (row.completion) return [row.completion[0].content];
  if (row.chosen) return [row.chosen[0].content, row.rejected[0].content];
  if (row.preferred_output) return [row.preferred_output[0].content, row.non_preferred_output[0].content];
  const rollouts = row.rollouts ?? (row.extra_info && JSON.parse(row.extra_info.rollouts));
  return rollouts ? rollouts.map(({ completion }: { completion: string }) => completion) : [];
}
