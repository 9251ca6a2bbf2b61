"""The programme by hand as one DuckDB statement over DECIMAL(14,2) columns."""

from pathlib import Path

import duckdb

STATEMENT = """
COPY (
WITH sums AS (
  SELECT 户号, count(*) AS n, sum(月收入) AS income,
         bool_and(coalesce(月收入 BETWEEN 0 AND 10000000, false)) AS incomes,
         bool_and(coalesce(刚性医疗, 0) BETWEEN 0 AND 10000000) AS medical_costs,
         bool_and(coalesce(刚性教育, 0) BETWEEN 0 AND 10000000) AS school_costs,
         sum(coalesce(刚性医疗, 0) + coalesce(刚性教育, 0)) AS rigid
  FROM read_parquet($members) GROUP BY 户号),
facts AS (
  SELECT h.户号, coalesce(n, 0) BETWEEN 1 AND 50 AS listed, coalesce(incomes, true) AS incomes,
    coalesce(medical_costs, true) AS medical_costs, coalesce(school_costs, true) AS school_costs,
    coalesce(车价, 0) BETWEEN 0 AND 10000000 AS known_car,
    coalesce(意外支出, 0) BETWEEN 0 AND 10000000 AS known_accident,
    coalesce(自付 BETWEEN 0 AND 10000000, false) AS known_own,
    coalesce(挂号费, 0) BETWEEN 0 AND 10000000 AS known_registration,
    coalesce(检查费, 0) BETWEEN 0 AND 10000000 AS known_checks,
    coalesce(城市 IN ('镇江', '南京', '徐州', '宿迁'), false) AS known_city, coalesce(二套房, false) AS homes,
    coalesce(车价, 0) AS car, coalesce(自付, 0) AS own, coalesce(挂号费, 0) AS registration,
    coalesce(检查费, 0) AS checks, coalesce(农民工, false) AS migrant, coalesce(参保, false) AS insured,
    CAST(coalesce(income, 0) AS DECIMAL(18,2)) AS income, coalesce(n, 1) AS n,
    CAST(coalesce(income, 0) * 12 - coalesce(rigid, 0) - coalesce(意外支出, 0) AS DECIMAL(18,2)) AS over,
    CAST(CASE 城市 WHEN '南京' THEN 1070 WHEN '徐州' THEN 765.50 ELSE 900 END AS DECIMAL(14,2)) AS line
  FROM read_parquet($households) h LEFT JOIN sums USING (户号)),
a AS (
  SELECT *, listed AND incomes AND medical_costs AND school_costs AND known_car AND known_accident AND known_own
    AND known_registration AND known_checks AND known_city AS ok FROM facts),
b AS (
  -- DECIMAL / n is DOUBLE in DuckDB, so the two averages are divided as whole cents.
  SELECT *, CAST((CAST(income * 100 AS BIGINT) + n // 2) // n AS BIGINT) AS average_cents,
    sign(over) * ((CAST(abs(over) * 100 AS BIGINT) + n * 6) // (n * 12)) AS net_cents
  FROM a),
c AS (
  SELECT * EXCLUDE (average_cents, net_cents),
    CAST(average_cents * 0.01 AS DECIMAL(14,2)) AS average, CAST(net_cents * 0.01 AS DECIMAL(14,2)) AS net
  FROM b),
d AS (
  SELECT *, CASE WHEN homes OR car > 150000 THEN '无' WHEN average <= line THEN '低保户'
    WHEN average <= line * 1.5 THEN '低保边缘' WHEN net <= line THEN '意外致困' ELSE '无' END AS kind FROM c),
e AS (
  SELECT *,
    least(CASE kind WHEN '低保户' THEN registration WHEN '无' THEN 0
      ELSE CAST(round(registration * 0.5, 2) AS DECIMAL(14,2)) END, 500) AS fee,
    least(CAST(CASE kind WHEN '低保户' THEN round(checks * 0.5, 2) WHEN '无' THEN 0
      ELSE round(checks * 0.3, 2) END AS DECIMAL(14,2)), 2000) AS check_fee FROM d),
f AS (SELECT *, greatest(own - fee - check_fee, 0) AS rest FROM e),
g AS (SELECT *, greatest(rest - CASE kind WHEN '低保户' THEN 2000 ELSE 3000 END, 0) AS above FROM f),
h AS (
  SELECT *, CASE WHEN kind = '无' THEN 0 ELSE least(CAST(round(least(above, 10000) * 0.5
    + greatest(least(above, 30000) - 10000, 0) * 0.4 + greatest(least(above, 80000) - 30000, 0) * 0.3
    + greatest(above - 80000, 0) * 0.2, 2) AS DECIMAL(14,2)), 30000) END AS medical FROM g),
i AS (SELECT *, greatest(rest - medical, 0) AS rest2 FROM h),
j AS (
  SELECT *, CASE WHEN NOT migrant OR rest2 < 6000 THEN 0 WHEN rest2 <= 10000 THEN 500
    ELSE least(CAST(round(rest2 * CASE WHEN rest2 <= 30000 THEN 0.10 WHEN rest2 <= 80000 THEN 0.15 ELSE 0.20
    END, 2)
      AS DECIMAL(14,2)), 50000) END AS serious FROM i),
k AS (
  SELECT *, CASE WHEN insured THEN least(CAST(round(greatest(greatest(rest2 - serious, 0) - 300, 0) * 0.6, 2)
    AS DECIMAL(14,2)), 50000) ELSE 0 END AS mutual FROM j),
l AS (SELECT *, medical + serious + mutual AS total, CAST(round(own * 0.9, 2) AS DECIMAL(14,2)) AS ceiling
FROM k),
m AS (SELECT *, total - greatest(total - ceiling, 0) AS paid FROM l)
SELECT 户号, CASE WHEN ok THEN 'decided' ELSE 'incomplete' END AS status,
  CASE WHEN NOT ok THEN concat_ws('、', CASE WHEN NOT known_car THEN '车价' END, CASE WHEN NOT listed THEN '成员' END,
    CASE WHEN NOT incomes THEN '成员.月收入' END, CASE WHEN NOT known_city THEN '城市' END,
    CASE WHEN NOT medical_costs THEN '成员.刚性医疗' END, CASE WHEN NOT school_costs THEN '成员.刚性教育' END,
    CASE WHEN NOT known_accident THEN '意外支出' END, CASE WHEN NOT known_own THEN '自付' END,
    CASE WHEN NOT known_registration THEN '挂号费' END, CASE WHEN NOT known_checks THEN '检查费' END) END AS missing,
  CASE WHEN ok THEN kind END AS 户类别, CASE WHEN ok THEN average END AS 人均月收入,
  CASE WHEN ok THEN net END AS 扣支后人均, CASE WHEN ok THEN fee END AS 挂号费减免,
  CASE WHEN ok THEN check_fee END AS 检查费减免, CASE WHEN ok THEN medical END AS 医疗救助,
  CASE WHEN ok THEN serious END AS 大病补助, CASE WHEN ok THEN mutual END AS 互助给付,
  CASE WHEN ok THEN paid END AS 应发, CASE WHEN ok THEN own - paid END AS 缺口
FROM m) TO '{output}' (FORMAT parquet, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 4096)
"""


def batch(archive: Path, output: Path) -> None:
    session = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    files = {"members": str(archive / "members.parquet"), "households": str(archive / "households.parquet")}
    session.execute(STATEMENT.replace("{output}", str(output)), files)
